import { existsSync } from 'node:fs';
import type { Repeats } from '@rppkit/datasets';
import { type Command, InvalidArgumentError as CommanderArgumentError, Option } from 'commander';
import { makeRelative, parseInteger } from '../options.ts';

/** How ranking tasks are made, as flags give it. */
export interface TaskFlags {
  readonly trainUsers: number;
  readonly validationUsers: number;
  readonly reportUsers: number;
  readonly candidates: number;
  readonly relevant: number;
  /** `uniform`, `popularity`, or the path of a candidate file. */
  readonly source: string;
  readonly exclude: 'all' | 'target';
  readonly repeats: Repeats;
  readonly seed: number;
}

/** Adds the flags that say how tasks are made to a command, in a group of their own. */
export function addTaskFlags(command: Command): Command {
  return command
    .optionsGroup('Making the tasks:')
    .option('--train-users <count>', 'users to train on', parseInteger(0), 200)
    .option('--validation-users <count>', 'users to choose models with', parseInteger(0), 0)
    .option('--report-users <count>', 'users to report on, none of them in another group', parseInteger(0), 200)
    .option('--candidates <count>', 'items to rank in each task', parseInteger(2), 10)
    .option('--relevant <count>', 'relevant items of a training task; report tasks have one', parseInteger(1), 1)
    .option(
      '--source <name>',
      'other candidates: uniform, popularity, or the path of a candidate file (user TAB item item …)',
      parseSource,
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

function parseSource(text: string): string {
  if (text === 'uniform' || text === 'popularity' || existsSync(text)) return makeRelative(text);
  throw new CommanderArgumentError('Expected uniform, popularity or the path of a file that exists.');
}
