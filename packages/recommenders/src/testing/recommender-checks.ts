import { type RankingTask, RppError } from '@rppkit/spec';
import { expect } from 'vitest';
import type { RecommenderState } from '../fitted/recommender-state.ts';
import type { TrainingInteractions } from '../interactions/training-interactions.ts';
import type { FitOptions, FittedRecommender, Recommender } from '../recommender.ts';

/** A recommender and what the checks try it on. */
export interface RecommenderSubject {
  readonly create: () => Recommender;
  readonly load: (state: RecommenderState) => FittedRecommender;
  readonly seeded: boolean;
  readonly personal: boolean;
  readonly interactions: TrainingInteractions;
}

export interface RecommenderCheck {
  readonly name: string;
  run(subject: RecommenderSubject): Promise<void>;
}

const seed = 7;

/** The contract of `Recommender` and `FittedRecommender`. */
export const recommenderChecks: readonly RecommenderCheck[] = [
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
    name: 'survives save, JSON and load with the same scores',
    async run(subject) {
      const fitted = await fitSubject(subject);
      const state = fitted.save();
      const json = JSON.parse(JSON.stringify(state)) as RecommenderState;
      expect(json, 'what save() returns is plain JSON').toEqual(state);
      const loaded = subject.load(json);
      expect(loaded.save(), 'save() of what was loaded').toEqual(state);
      for (const task of exampleTasks(subject.interactions)) {
        expect(loaded.score(task), `task ${task.id} after load`).toEqual(fitted.score(task));
        expect(loaded.scoreItems(task), `task ${task.id} after load`).toEqual(fitted.scoreItems(task));
      }
      const [id] = fitted.items;
      expect(loaded.itemEmbeddings?.get(id!), 'item vectors after load').toEqual(fitted.itemEmbeddings?.get(id!));
    },
  },
  {
    name: 'rejects with the reason of its signal, before and during a fit',
    async run(subject) {
      const reason = new Error('enough');
      const before = AbortSignal.abort(reason);
      await expect(fitSubject(subject, { signal: before }), 'a fit with an aborted signal').rejects.toBe(reason);
      const controller = new AbortController();
      let calls = 0;
      const running = fitSubject(subject, {
        signal: controller.signal,
        onProgress() {
          calls++;
          controller.abort(reason);
        },
      });
      const outcome = await running.then(
        () => 'fitted',
        (error: unknown) => error,
      );
      if (calls > 0) expect(outcome, 'a fit that is aborted in onProgress').toBe(reason);
      expect(calls, 'calls of onProgress after the abort').toBeLessThanOrEqual(1);
    },
  },
  {
    name: 'counts its progress from 1 to the total, and stops when told to',
    async run(subject) {
      const seen: number[] = [];
      let total = 0;
      await fitSubject(subject, {
        onProgress(progress) {
          seen.push(progress.done);
          total = progress.total;
          if (progress.loss !== undefined) expect(progress.loss, 'the loss').toSatisfy(Number.isFinite);
        },
      });
      expect(seen, 'done of each call of onProgress').toEqual(Array.from({ length: total }, (_, step) => step + 1));
      if (total < 2) return;
      const steps: number[] = [];
      let snapshot: FittedRecommender | undefined;
      const stopped = await fitSubject(subject, {
        onProgress(progress) {
          steps.push(progress.done);
          snapshot = progress.snapshot();
          return 'stop';
        },
      });
      expect(steps, 'calls of onProgress after "stop"').toEqual([1]);
      expect(stopped.save(), 'a stopped fit keeps what the snapshot showed').toEqual(snapshot?.save());
    },
  },
  {
    name: 'scores every candidate with a finite number, whatever their order',
    async run(subject) {
      const fitted = await fitSubject(subject);
      for (const task of exampleTasks(subject.interactions)) {
        const scores = fitted.score(task);
        expect(scores, `scores of task ${task.id}`).toBeInstanceOf(Float32Array);
        expect(scores.length, `scores of task ${task.id}`).toBe(task.candidates.length);
        expectFinite(scores, `task ${task.id}`);
        const reversed = fitted.score({ ...task, candidates: task.candidates.toReversed() });
        expect(reversed.toReversed(), `task ${task.id} with its candidates reversed`).toEqual(scores);
        expect(fitted.score(task), `task ${task.id} scored twice`).toEqual(scores);
      }
    },
  },
  {
    name: 'scores a task as it scores all items',
    async run(subject) {
      const fitted = await fitSubject(subject);
      for (const task of exampleTasks(subject.interactions)) {
        const all = fitted.scoreItems(task);
        expect(all.length, 'scores of all items').toBe(fitted.items.length);
        expectFinite(all, `all items for task ${task.id}`);
        const scores = fitted.score(task);
        for (const [place, { id }] of task.candidates.entries()) {
          const index = fitted.items.indexOf(id);
          if (index >= 0) expect(scores[place], `${id} in task ${task.id}`).toBeCloseTo(all[index]!, 4);
        }
      }
    },
  },
  {
    name: 'serves people and items that it never saw',
    async run(subject) {
      const { interactions, personal } = subject;
      const fitted = await fitSubject(subject);
      const stranger = { id: 'nowhere', title: 'A title nobody has' };
      const [first, second] = [takeUser(interactions, 0), takeUser(interactions, interactions.users.length - 1)];
      const candidates = [...interactions.items.slice(0, 3), stranger];
      for (const history of [[], [stranger], [first[0]!], first]) {
        const task = createTask('someone new', history, candidates);
        expectFinite(fitted.score(task), `a new user with ${history.length} items`);
        expectFinite(fitted.scoreItems(task), `a new user with ${history.length} items`);
      }
      const nobodyKnown = createTask('someone new', first, [stranger]);
      expectFinite(fitted.score(nobodyKnown), 'unknown candidates only');
      if (!personal) return;
      const scoresOf = (history: RankingTask['history'][number]['item'][]): Float32Array =>
        fitted.scoreItems(createTask('someone new', history, []));
      expect(scoresOf(first), 'scores of two histories without a common item').not.toEqual(scoresOf(second));
    },
  },
  {
    name: 'recommends the best items that are not in the history',
    async run(subject) {
      const { interactions } = subject;
      const fitted = await fitSubject(subject);
      const items = takeUser(interactions, 0);
      const request = { user: interactions.users[0]!, history: items.map((item) => ({ item })) };
      const own = new Set(items.map(({ id }) => id));
      const scores = fitted.scoreItems(request);
      const best = fitted.recommend({ ...request, count: 5 });
      expect(best.length, 'recommendations').toBe(Math.min(5, fitted.items.length - own.size));
      expect(
        best.some(({ id }) => own.has(id)),
        'recommended items of the history',
      ).toBe(false);
      const others = fitted.items.flatMap((id, index) => (own.has(id) ? [] : [scores[index]!])).sort((a, b) => b - a);
      expect(
        best.map(({ score }) => score),
        'scores of recommendations',
      ).toEqual(others.slice(0, best.length));
      const without = fitted.recommend({ ...request, count: 5, exclude: [best[0]!.id] });
      expect(without.map(({ id }) => id).slice(0, 4), 'with the best item excluded').toEqual(
        best.slice(1).map(({ id }) => id),
      );
      const all = fitted.recommend({ ...request, count: 10_000, repeats: true });
      expect(new Set(all.map(({ id }) => id)).size, 'all items, where repeats are allowed').toBe(fitted.items.length);
      expect(() => fitted.recommend({ ...request, count: 0 }), 'a count of 0').toThrow(RppError);
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
        const fitted = await subject.create().fit({ users, items, starts, item, time, order }, { seed });
        expectFinite(fitted.scoreItems({ user: users[0]!, history: [] }), name);
        expectFinite(fitted.scoreItems({ user: users[0]!, history: [{ item: items[0]! }] }), name);
      }
    },
  },
  {
    name: 'refuses a task whose target it may have learned from',
    async run(subject) {
      const { interactions } = subject;
      const fitted = await fitSubject(subject);
      const own = takeUser(interactions, 0);
      const task = createTask(interactions.users[0]!, own.slice(0, -1), [own.at(-1)!, interactions.items[0]!]);
      expect(() => fitted.score(task), 'a candidate that was learned from and is not in the history').toThrow(RppError);
    },
  },
  {
    name: 'has finite vectors for what it knows, where it has any',
    async run(subject) {
      const { users, items } = subject.interactions;
      const { userEmbeddings, itemEmbeddings } = await fitSubject(subject);
      for (const [table, ids] of [
        [userEmbeddings, users],
        [itemEmbeddings, items.map(({ id }) => id)],
      ] as const) {
        if (table === undefined) continue;
        for (const id of ids) {
          const vector = table.get(id);
          expect(vector?.length, `length of the vector of ${id}`).toBe(table.dimensions);
          expectFinite(vector!, `the vector of ${id}`);
        }
        expect(table.get('never seen'), 'the vector of an id it does not know').toBeUndefined();
      }
    },
  },
];

function fitSubject(
  { create, interactions }: RecommenderSubject,
  options: Partial<FitOptions> = {},
): Promise<FittedRecommender> {
  return create().fit(interactions, { seed, ...options });
}

function takeUser({ items, starts, item }: TrainingInteractions, user: number): RankingTask['candidates'][number][] {
  return Array.from(item.subarray(starts[user]!, starts[user + 1]!), (index) => items[index]!);
}

function createTask(
  user: string,
  history: RankingTask['candidates'],
  candidates: RankingTask['candidates'],
): RankingTask {
  return {
    id: `task of ${user}, ${history.length} items`,
    user,
    history: history.map((item) => ({ item })),
    candidates,
  };
}

/** Users learned from, the same with one item more, and a new user. */
function exampleTasks(interactions: TrainingInteractions): readonly RankingTask[] {
  const { users, items } = interactions;
  const unknown = { id: 'nowhere', title: 'A title nobody has' };
  return [0, users.length - 1].flatMap((user) => {
    const own = takeUser(interactions, user);
    const others = items.filter((item) => !own.includes(item));
    const candidates = [...others.slice(0, 4), unknown, ...others.slice(-3)];
    const longer = [...own, others.at(Math.floor(others.length / 2))!];
    return [
      createTask(users[user]!, own, candidates),
      createTask(users[user]!, longer, candidates),
      createTask('someone new', own.slice(0, 2), candidates),
    ];
  });
}

function expectFinite(values: Float32Array, what: string): void {
  expect(
    [...values].filter((value) => !Number.isFinite(value)),
    `numbers that are not finite: ${what}`,
  ).toEqual([]);
}
