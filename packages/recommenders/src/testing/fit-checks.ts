import { RppError } from '@rppkit/spec';
import { expect } from 'vitest';
import type { TrainingInteractions } from '../interactions/training-interactions.ts';
import { expectFinite } from './expect-finite.ts';
import { createInvalidInteractions } from './invalid-interactions.ts';
import { fitSubject, type RecommenderCheck } from './recommender-subject.ts';

/** What a fit learns, from what, and what it refuses to learn from. */
export const fitChecks: readonly RecommenderCheck[] = [
  {
    name: 'gives the same bytes for the same seed, and writes nothing into what it learns from',
    async run(subject) {
      const { interactions } = subject;
      const item = interactions.item.slice();
      const starts = interactions.starts.slice();
      const first = (await fitSubject(subject)).save();
      const second = (await fitSubject(subject)).save();
      expect(second, 'two fits with one seed').toEqual(first);
      expect(interactions.item, 'the interactions after a fit').toEqual(item);
      expect(interactions.starts, 'the interactions after a fit').toEqual(starts);
      if (!subject.seeded) return;
      const other = (await fitSubject(subject, { seed: 'another' })).save();
      expect(other.arrays, 'arrays or settings of a fit with another seed').not.toSatisfy(
        () => JSON.stringify([other.arrays, other.settings]) === JSON.stringify([first.arrays, first.settings]),
      );
    },
  },
  {
    name: 'keeps to the interactions that it was given, whatever becomes of their arrays',
    async run(subject) {
      const undisturbed = (await fitSubject(subject)).save();
      const interactions = copyInteractions(subject.interactions);
      const disturb = (): void => overwriteInteractions(interactions);
      const fitted = await fitSubject({ ...subject, interactions }, { onProgress: disturb });
      disturb();
      expect(fitted.save(), 'a fit whose caller overwrites the interactions meanwhile').toEqual(undisturbed);
    },
  },
  {
    name: 'refuses interactions that are not as TrainingInteractions says',
    async run(subject) {
      for (const [name, interactions] of Object.entries(createInvalidInteractions(subject.interactions))) {
        const outcome = await fitSubject({ ...subject, interactions }).then(
          () => 'fitted',
          (error: unknown) => (RppError.isInstance(error) ? error.code : error),
        );
        expect(outcome, `what comes of ${name}; INVALID_ARGUMENT is the code of InvalidArgumentError`).toBe(
          'INVALID_ARGUMENT',
        );
      }
    },
  },
  {
    name: 'learns from next to nothing',
    async run(subject) {
      const { users, items, order } = subject.interactions;
      const cases: Record<string, readonly (readonly number[])[]> = {
        'users without interactions': users.map(() => []),
        'one user with one item': users.map((_, user) => (user === 0 ? [0] : [])),
        'single items': users.map((_, user) => [user % items.length]),
        'one item for all': users.map(() => [1]),
      };
      for (const [name, sequences] of Object.entries(cases)) {
        const starts = new Int32Array(users.length + 1);
        sequences.forEach((own, user) => {
          starts[user + 1] = starts[user]! + own.length;
        });
        const item = Int32Array.from(sequences.flat());
        const time = Float64Array.from(item, (_, entry) => 1_600_000_000 + entry);
        const fitted = await fitSubject({ ...subject, interactions: { users, items, starts, item, time, order } });
        expectFinite(fitted.scoreItems({ user: users[0]!, history: [] }), name);
        expectFinite(fitted.scoreItems({ user: users[0]!, history: [{ item: items[0]! }] }), name);
      }
    },
  },
];

function copyInteractions({ users, items, starts, item, time, order }: TrainingInteractions): TrainingInteractions {
  return {
    users: [...users],
    items: [...items],
    starts: starts.slice(),
    item: item.slice(),
    ...(time !== undefined && { time: time.slice() }),
    order,
  };
}

/** Leaves arrays that are wrong and still readable: one user has every entry, and all of the first item. */
function overwriteInteractions({ users, items, starts, item, time }: TrainingInteractions): void {
  (users as string[]).fill('overwritten');
  (items as TrainingInteractions['items'][number][]).fill({ id: 'overwritten', title: 'overwritten' });
  starts.fill(0, 0, -1);
  item.fill(0);
  time?.fill(0);
}
