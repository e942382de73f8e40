import {
  type CandidateSource,
  computeRowRoles,
  createJudgedTasks,
  createListedSource,
  createPopularitySource,
  createUniformSource,
  type Dataset,
  readCandidateFile,
  rowRoles,
  splitLeaveOneOut,
  splitUsers,
  type TaskRole,
} from '@rppkit/datasets';
import { openDataFile } from '@rppkit/datasets/node';
import { createRandomStream, type JudgedTask } from '@rppkit/spec';
import { UsageError } from '../../usage-error.ts';
import type { TaskFlags } from './task-flags.ts';

/** Tasks by role: rewards and model choice use each user's second last item, reports the last. Throws `UsageError` for no order and no users. */
export async function createTasksByRole(
  dataset: Dataset,
  flags: TaskFlags,
): Promise<Readonly<Record<TaskRole, readonly JudgedTask[]>>> {
  const { candidates, relevant, exclude, repeats, seed } = flags;
  if (flags.trainUsers + flags.validationUsers + flags.reportUsers === 0) {
    throw new UsageError(
      'Expected tasks of at least one user, received no users. Pass --train-users, --validation-users or --report-users.',
    );
  }
  if (relevant >= candidates) {
    throw new UsageError(
      `Expected --candidates to be an integer of at least ${relevant + 1}, received ${candidates}. Pass more candidates or a smaller --relevant.`,
    );
  }
  if (dataset.order === 'none') {
    throw new UsageError(
      `Expected to know what orders the interactions of a user of ${dataset.name}, received no order. Pass --order column if rows or counts give it, or name a column of a table with --time-column or --position-column.`,
    );
  }
  const random = createRandomStream(seed).split('tasks');
  const { source, among } = await createSource(flags.source, dataset);
  const split = splitUsers(dataset, {
    train: flags.trainUsers,
    validation: flags.validationUsers,
    report: flags.reportUsers,
    // A history must remain before the first of the relevant items.
    minimumHistory: relevant,
    ...(among !== undefined && { among }),
    random: random.split('users'),
  });
  const shared = { candidates, exclude, repeats, source, random: random.split('candidates') };
  return {
    train: createJudgedTasks(dataset, { ...shared, users: split.train, target: 'validation', relevant }),
    validation: createJudgedTasks(dataset, { ...shared, users: split.validation, target: 'validation' }),
    report: createJudgedTasks(dataset, { ...shared, users: split.report, target: 'test' }),
  };
}

/** The source of a name, and the users it can serve where these are not all. */
async function createSource(
  name: string,
  dataset: Dataset,
): Promise<{ readonly source: CandidateSource; readonly among?: Int32Array }> {
  if (name === 'uniform') return { source: createUniformSource() };
  if (name === 'popularity') {
    // Rows that are rewarded or reported on do not count.
    const roles = computeRowRoles(dataset, splitLeaveOneOut(dataset));
    const rows = roles.map((role) => Number(role === rowRoles.train));
    return { source: createPopularitySource(dataset.log, { rows }) };
  }
  const lists = await readCandidateFile(await openDataFile(name));
  const among = Int32Array.from(dataset.log.users.keys()).filter((user) => lists.has(dataset.log.users[user]!));
  return { source: createListedSource(dataset, lists), among };
}
