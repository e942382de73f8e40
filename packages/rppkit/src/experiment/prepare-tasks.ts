import {
  assertDisjointUsers,
  createJudgedTasks,
  createUserSequences,
  type Dataset,
  splitUsers,
} from '@rppkit/datasets';
import type { JudgedTask, RandomStream } from '@rppkit/spec';
import type { ExperimentConfig } from './experiment-config.ts';

/** The tasks of an experiment. No user is in more than one group. */
export interface ExperimentTasks {
  /** Judged by each user's second last item. */
  readonly train: readonly JudgedTask[];
  /** Judged by each user's last item. */
  readonly report: readonly JudgedTask[];
  /** Users of neither group, as indices into `log.users`. */
  readonly rest: Int32Array;
}

const largestShare = 0.4;
const mostTrainUsers = 10_000;
/** Users that a run reports on, at most, unless it is told otherwise. */
export const mostReportUsers = 2000;

/**
 * Splits users and makes their tasks, all from the seed. `most`: report users where the configuration does not say. Throws
 * `DatasetError` where there are too few users.
 */
export function prepareTasks(
  dataset: Dataset,
  config: ExperimentConfig,
  random: RandomStream,
  most: number = mostReportUsers,
): ExperimentTasks {
  const sequences = createUserSequences(dataset);
  // Leave-one-out with a validation item needs three.
  const usable = dataset.log.users.filter((_, user) => sequences.items(user).length >= 3).length;
  const share = Math.max(1, Math.floor(usable * largestShare));
  const split = splitUsers(dataset, {
    train: config.trainUsers ?? Math.min(mostTrainUsers, share),
    // A comparison needs two users.
    report: config.reportUsers ?? Math.max(2, Math.min(most, share)),
    random: random.split('users'),
  });
  const { candidates } = config;
  const taskRandom = random.split('candidates');
  const train = createJudgedTasks(dataset, {
    users: split.train,
    target: 'validation',
    candidates,
    random: taskRandom,
  });
  const report = createJudgedTasks(dataset, { users: split.report, target: 'test', candidates, random: taskRandom });
  assertDisjointUsers(train, report);
  return { train, report, rest: split.rest };
}
