import { createJudgedTasks } from '@rppkit/datasets';
import { createWorld } from '@rppkit/simulator';
import { createRandomStream } from '@rppkit/spec';
import { measurePeakMegabytes } from './run-in-process.ts';

/** Time and memory of a world with one ranking task a user. */
export interface WorldReport {
  readonly tasks: number;
  readonly seconds: number;
  readonly megabytes: number;
}

const count = Number(process.argv[2]);
const random = createRandomStream('world');
const started = performance.now();
const { dataset } = createWorld({ preset: 'diverse', users: count, random });
const users = Int32Array.from({ length: count }, (_, user) => user);
const tasks = createJudgedTasks(dataset, { users, target: 'test', random: random.split('tasks') });
// Histories are made when they are read.
let read = 0;
for (const { task } of tasks) read += task.history.length > 0 ? 1 : 0;
const seconds = (performance.now() - started) / 1000;
process.send!({ tasks: read, seconds, megabytes: measurePeakMegabytes() } satisfies WorldReport);
