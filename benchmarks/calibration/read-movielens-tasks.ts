import { join } from 'node:path';
import { createJudgedTasks, createListedSource, readCandidateFile } from '@rppkit/datasets';
import { openDataFile, readDataset } from '@rppkit/datasets/node';
import { createKnowledge } from '@rppkit/simulator';
import { createRandomStream } from '@rppkit/spec';
import type { CalibrationTasks } from './calibration-tasks.ts';

/**
 * The test tasks of the reference on MovieLens 1M sequences: its 200 users, the first nine listed items other than the target,
 * and the target. The model knows the other users, of each the last items that the file holds.
 */
export async function readMovielensTasks(dataFolder: string): Promise<CalibrationTasks> {
  const dataset = await readDataset(join(dataFolder, 'ml-1m/ml-1m.seq50.test.inter.gz'), { order: 'column' });
  const { users } = dataset.log;
  const lists = await readCandidateFile(await openDataFile(join(dataFolder, 'ml-1m/ml-1m.test')), { users });
  const indices = Int32Array.from(users.keys());
  return {
    name: 'movielens',
    tasks: createJudgedTasks(dataset, {
      users: indices.filter((user) => lists.has(users[user]!)),
      target: 'test',
      source: createListedSource(dataset, lists),
      exclude: 'target',
      random: createRandomStream(1).split('orders of candidates'),
    }),
    knowledge: createKnowledge(dataset, {
      users: indices.filter((user) => !lists.has(users[user]!)),
      attribute: 'genre',
      associations: {},
    }),
  };
}
