import { join } from 'node:path';
import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset.ts';
import { readCandidateFile } from '../formats/candidate-file.ts';
import { openDataFile } from '../node/files/open-data-file.ts';
import { readDataset } from '../node/read-dataset.ts';
import { computeRowRoles, rowRoles } from '../splits/row-roles.ts';
import { splitLeaveOneOut } from '../splits/split-leave-one-out.ts';
import { createJudgedTasks } from '../tasks/judged-tasks.ts';
import { createListedSource } from './listed-source.ts';

const dataFolder = process.env['RPPKIT_DATA'];

/** Expected NDCG@k of one relevant item among candidates with these counts, over all orders of tied ones. */
function computeExpectedNdcg(counts: readonly number[], relevant: number, k: number): number {
  const above = counts.filter((count) => count > counts[relevant]!).length;
  const tied = counts.filter((count) => count === counts[relevant]).length;
  let sum = 0;
  for (let rank = above + 1; rank <= Math.min(k, above + tied); rank++) sum += 1 / Math.log2(rank + 1);
  return sum / tied;
}

/** How often each item occurs in the histories of all users, by id. */
function countHistories(dataset: Dataset): ReadonlyMap<string, number> {
  const roles = computeRowRoles(dataset, splitLeaveOneOut(dataset));
  const counts = new Map<string, number>();
  for (const [row, role] of roles.entries()) {
    if (role !== rowRoles.train && role !== rowRoles.validation) continue;
    const { id } = dataset.log.items[dataset.log.item[row]!]!;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

it('counts ties at their expected value: two of three above a tie of two', () => {
  // Ranks 2 and 3 of 1, 2, 2: (1 / log2 3 + 1 / log2 4) / 2.
  expect(computeExpectedNdcg([3, 1, 1], 1, 3)).toBeCloseTo((0.6309297535714575 + 0.5) / 2, 12);
  expect(computeExpectedNdcg([3, 1, 1], 1, 2)).toBeCloseTo(0.6309297535714575 / 2, 12);
  expect(computeExpectedNdcg([3, 1, 1], 0, 1)).toBe(1);
});

describe.skipIf(dataFolder === undefined)(
  'tasks on the candidate files of the reference (skipped unless RPPKIT_DATA names their folder)',
  () => {
    // Figures: given with the recipe that this test follows, not computed by this code.
    it.each([
      ['lastfm/lastfm.inter.gz', 'lastfm/lastfm.test', [0.765, 0.868, 0.8865]],
      ['Games/Games.part.test.inter.gz', 'Games/Games.test', [0.3992, 0.6096, 0.6792]],
      ['ml-1m/ml-1m.seq50.test.inter.gz', 'ml-1m/ml-1m.test', [0.36, 0.6363, 0.6716]],
    ])('%s gives popularity its published NDCG@1/5/10', async (inter, listed, published) => {
      const dataset = await readDataset(join(dataFolder!, inter), { order: 'column' });
      const lists = await readCandidateFile(await openDataFile(join(dataFolder!, listed)), {
        users: dataset.log.users,
      });
      expect(lists.size).toBe(200);
      const indices = new Map(dataset.log.users.map((user, index) => [user, index]));
      const tasks = createJudgedTasks(dataset, {
        users: Int32Array.from(lists.keys(), (user) => indices.get(user)!),
        target: 'test',
        source: createListedSource(dataset, lists),
        exclude: 'target',
        random: createRandomStream(1),
      });
      const counts = countHistories(dataset);
      const sums = [0, 0, 0];
      for (const { task, relevance } of tasks) {
        const [target] = relevance.keys();
        const ids = task.candidates.map(({ id }) => id);
        const negatives = lists.get(task.user)!.filter((id) => id !== target);
        expect([...ids].sort()).toEqual([target, ...negatives.slice(0, 9)].sort());
        const own = ids.map((id) => counts.get(id) ?? 0);
        for (const [index, k] of [1, 5, 10].entries())
          sums[index]! += computeExpectedNdcg(own, ids.indexOf(target!), k);
      }
      for (const [index, sum] of sums.entries()) expect(sum / tasks.length).toBeCloseTo(published[index]!, 4);
    });
  },
);
