import {
  type CandidateSource,
  createJudgedTasks,
  createListedSource,
  createPopularitySource,
  createUniformSource,
  type Dataset,
  type Repeats,
  readCandidateFile,
  splitUsers,
  type TaskRole,
} from '@rppkit/datasets';
import { openDataFile } from '@rppkit/datasets/node';
import { createRandomStream, type JudgedTask } from '@rppkit/spec';
import { type Command, Option } from 'commander';
import { parseInteger } from '../options.ts';

/** How ranking tasks are made, as flags give it. */
export interface TaskFlags {
  readonly trainUsers: number;
  readonly validationUsers: number;
  readonly reportUsers: number;
  readonly candidates: number;
  readonly relevant: number;
  readonly source: string;
  readonly exclude: 'all' | 'target';
  readonly repeats: Repeats;
  readonly seed: number;
}

/** Adds the flags that say how tasks are made to a command. */
export function addTaskFlags(command: Command): Command {
  return command
    .option('--train-users <count>', 'users to train on', parseInteger(0), 200)
    .option('--validation-users <count>', 'users to choose models with', parseInteger(0), 0)
    .option('--report-users <count>', 'users to report on, none of them in another group', parseInteger(0), 200)
    .option('--candidates <count>', 'items to rank in each task', parseInteger(2), 10)
    .option('--relevant <count>', 'relevant items of a training task; report tasks have one', parseInteger(1), 1)
    .option(
      '--source <name>',
      'where other candidates come from: uniform, popularity, or a candidate file (user TAB item item …)',
      'uniform',
    )
    .addOption(
      new Option('--exclude <items>', 'what is no candidate: all items of the user, or only the relevant ones')
        .choices(['all', 'target'])
        .default('all'),
    )
    .addOption(
      new Option('--repeats <way>', 'which of repeated items count').choices(['first', 'last', 'keep']).default('last'),
    )
    .option('--seed <integer>', 'decides every random choice', parseInteger(0), 1);
}

/** Tasks by role: rewards and model choice use each user's second last item, reports the last. */
export async function createTasksByRole(
  dataset: Dataset,
  flags: TaskFlags,
): Promise<Readonly<Record<TaskRole, readonly JudgedTask[]>>> {
  const { candidates, relevant, exclude, repeats, seed } = flags;
  const random = createRandomStream(seed).split('tasks');
  const split = splitUsers(dataset, {
    train: flags.trainUsers,
    validation: flags.validationUsers,
    report: flags.reportUsers,
    random: random.split('users'),
  });
  const source = await createSource(flags.source, dataset);
  const shared = { candidates, exclude, repeats, source, random: random.split('candidates') };
  return {
    train: createJudgedTasks(dataset, { ...shared, users: split.train, target: 'validation', relevant }),
    validation: createJudgedTasks(dataset, { ...shared, users: split.validation, target: 'validation' }),
    report: createJudgedTasks(dataset, { ...shared, users: split.report, target: 'test' }),
  };
}

async function createSource(name: string, dataset: Dataset): Promise<CandidateSource> {
  if (name === 'uniform') return createUniformSource();
  if (name === 'popularity') return createPopularitySource(dataset.log);
  return createListedSource(dataset, await readCandidateFile(await openDataFile(name)));
}
