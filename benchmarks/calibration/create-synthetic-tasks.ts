import { createJudgedTasks, type Dataset } from '@rppkit/datasets';
import { createKnowledge, createWorld } from '@rppkit/simulator';
import { createRandomStream, type JudgedTask } from '@rppkit/spec';
import type { CalibrationTasks } from './calibration-tasks.ts';

/**
 * Of the reference's 200 MovieLens 1M tasks, how many have a target that is the most popular candidate, the second, … the
 * tenth, counted as candidates with more choices by other users.
 */
const targetsByPopularity: readonly number[] = [73, 40, 29, 21, 16, 8, 6, 4, 3, 0];
/** So many that each place finds its tasks. */
const drawnUsers = 5000;
const knownUsers = 3000;

/**
 * Tasks of a `diverse` world that are as easy for popularity as those on MovieLens 1M: of the tasks of 5,000 users the first
 * ones that fill, for every place of the target by popularity, the number that MovieLens 1M has. Only users whose next choice
 * can be told from their genres count: consistent ones with few favourites or with sessions. The model knows 3,000 others.
 */
export function createSyntheticTasks(): CalibrationTasks {
  const random = createRandomStream(1).split('synthetic tasks');
  const { dataset, typeOf } = createWorld({
    preset: 'diverse',
    users: drawnUsers + knownUsers,
    random: random.split('world'),
  });
  const indices = Int32Array.from(dataset.log.users.keys());
  const known = indices.subarray(drawnUsers);
  const users = indices.subarray(0, drawnUsers).filter((user) => {
    const { noisy, narrow, sessionDriven } = typeOf(user)!;
    return !noisy && (narrow || sessionDriven);
  });
  const drawn = createJudgedTasks(dataset, { users, target: 'test', random: random.split('tasks') });
  return {
    name: 'synthetic',
    tasks: selectByPopularity(drawn, countItems(dataset, known)),
    knowledge: createKnowledge(dataset, { users: known }),
  };
}

function selectByPopularity(drawn: readonly JudgedTask[], counts: ReadonlyMap<string, number>): JudgedTask[] {
  const left = [...targetsByPopularity];
  const selected = drawn.filter(({ task, relevance }) => {
    const [target] = relevance.keys();
    const own = counts.get(target!) ?? 0;
    const place = task.candidates.filter(({ id }) => (counts.get(id) ?? 0) > own).length;
    return left[place]!-- > 0;
  });
  const wanted = targetsByPopularity.reduce((sum, count) => sum + count, 0);
  if (selected.length < wanted) throw new Error(`Expected ${wanted} matched tasks, found ${selected.length}.`);
  return selected;
}

function countItems({ log }: Dataset, users: Int32Array): ReadonlyMap<string, number> {
  const counted = new Set(users);
  const counts = new Map<string, number>();
  for (let row = 0; row < log.user.length; row++) {
    if (!counted.has(log.user[row]!)) continue;
    const { id } = log.items[log.item[row]!]!;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}
