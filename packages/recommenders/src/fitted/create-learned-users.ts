import { InvalidArgumentError } from '@rppkit/spec';
import type { TrainingInteractions } from '../interactions/training-interactions.ts';
import type { LearnedUsers } from './learned-users.ts';

/**
 * What a fitted recommender keeps of its interactions, in arrays of its own: later changes of the interactions do not reach it.
 * Throws `InvalidArgumentError`, which names the field, for interactions that are not as `TrainingInteractions` says.
 */
export function createLearnedUsers({ users, items, starts, item, time }: TrainingInteractions): LearnedUsers {
  const ids = items.map(({ id }) => id);
  assertDistinct('interactions.users', users);
  assertDistinct('interactions.items', ids);
  const rises = starts.every((start, user) => start >= (user === 0 ? 0 : starts[user - 1]!));
  if (starts.length !== users.length + 1 || starts[0] !== 0 || starts.at(-1) !== item.length || !rises) {
    const expected = `${users.length + 1} rising entries from 0 to ${item.length}`;
    throw new InvalidArgumentError('interactions.starts', expected, starts, 'Pass one entry a user and the end.');
  }
  const lastUser = new Int32Array(items.length).fill(-1);
  for (let user = 0; user < users.length; user++) {
    for (let entry = starts[user]!; entry < starts[user + 1]!; entry++) {
      const index = item[entry]!;
      if (lastUser[index] === undefined) {
        throw new InvalidArgumentError(`interactions.item[${entry}]`, `an index below ${items.length}`, index);
      }
      if (lastUser[index] === user) {
        const advice = `User ${JSON.stringify(users[user])} has it twice: keep the first or the last.`;
        throw new InvalidArgumentError(`interactions.item[${entry}]`, 'another item of its user', index, advice);
      }
      lastUser[index] = user;
    }
  }
  if (time !== undefined && time.length !== item.length) {
    throw new InvalidArgumentError('interactions.time', `of length ${item.length}`, time);
  }
  const bad = time?.findIndex((value) => !Number.isFinite(value)) ?? -1;
  if (bad >= 0) throw new InvalidArgumentError(`interactions.time[${bad}]`, 'finite', time![bad]);
  return { users: [...users], items: ids, starts: starts.slice(), item: item.slice() };
}

function assertDistinct(field: string, ids: readonly string[]): void {
  const seen = new Set<string>();
  for (const [index, id] of ids.entries()) {
    if (seen.has(id)) throw new InvalidArgumentError(`${field}[${index}]`, 'an id of its own', id);
    seen.add(id);
  }
}
