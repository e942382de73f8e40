import type { Command } from 'commander';
import { addDataFlags, type DataFlags } from '../data/data-flags.ts';
import { worldFlags } from '../data/world-names.ts';
import { configFields, describeField } from '../experiment/config-fields.ts';
import { domainNames } from '../experiment/domain-names.ts';
import { patternNames } from '../experiment/pattern-names.ts';
import { makeRelative, parseInteger, parseNames, parseNumber } from './options.ts';

/** An experiment, as flags give it: what is absent comes from the configuration file, else from the defaults. */
export interface ExperimentFlags extends DataFlags {
  readonly config?: string;
  readonly data?: string;
  readonly users?: number;
  readonly domain?: string;
  readonly model?: string;
  readonly temperature?: number;
  readonly concurrency?: number;
  readonly seed?: number;
  readonly candidates?: number;
  readonly trainUsers?: number;
  readonly reportUsers?: number;
  readonly preset?: string;
  readonly rounds?: number;
  readonly patterns?: string;
  readonly learner?: string;
  readonly observation?: string;
  readonly episodes?: number;
  readonly batchSize?: number;
  readonly bestFixedCalls?: number;
  readonly freeze?: readonly string[];
  readonly oracleAnswers?: number;
  readonly swaps?: number;
  readonly allowedLoss?: number;
  /** False for `--no-plus`. */
  readonly plus?: boolean;
  readonly refineEvery?: number;
  readonly refineShare?: number;
  readonly refinePatterns?: readonly string[];
}

/** Adds the flags of an experiment to a command, most of them in groups of their own; later options stand in none. */
export function addExperimentFlags(command: Command): Command {
  const positive = parseInteger(1);
  addModelFlags(command).optionsGroup('Tasks, training and evaluation:');
  addUserFlags(command)
    .option('--preset <name>', describeField('preset'))
    .option('--rounds <count>', describeField('rounds'), positive)
    .option('--patterns <name>', describeField('patterns'))
    .option('--learner <name>', describeField('learner'))
    .option('--observation <name>', describeField('observation'))
    .option('--episodes <count>', describeField('episodes'), positive)
    .option('--batch-size <count>', describeField('batchSize'), positive)
    .option('--best-fixed-calls <count>', describeField('bestFixedCalls'), parseInteger(128))
    .option(
      '--freeze <names>',
      `${configFields.freeze.meaning}, of ${patternNames.join(',')} (default: ${configFields.freeze.otherwise})`,
      parseNames,
    )
    .option('--oracle-answers <count>', describeField('oracleAnswers'), parseInteger(0))
    .option('--swaps <count>', describeField('swaps'), positive)
    .option('--allowed-loss <share>', describeField('allowedLoss'), parseNumber(0, 1))
    .optionsGroup('RPP+, with calls out of those of the training:')
    .option('--plus', 'let the model refine sentences, and train on those that pass the guards, too')
    .option('--no-plus', 'do not, whatever the configuration file says')
    .option('--refine-every <count>', describeField('plus.every'), positive)
    .option('--refine-share <share>', describeField('plus.share'), parseNumber(0, 1))
    .option(
      '--refine-patterns <names>',
      `${configFields['plus.patterns'].meaning}, of ${patternNames.join(',')} (default: ${configFields['plus.patterns'].default})`,
      parseNames,
    );
  return addDataFlags(command).optionsGroup('Options:');
}

/** Those of them that say who is asked what: all that a command needs which does not train. */
export function addTaskFlags(command: Command): Command {
  addUserFlags(addModelFlags(command).optionsGroup('Tasks:'));
  return addDataFlags(command).optionsGroup('Options:');
}

function addModelFlags(command: Command): Command {
  const positive = parseInteger(1);
  return command
    .option('--config <file>', 'configuration file (default: rppkit.config.ts, .js, .mjs or .json here)', makeRelative)
    .option('--data <source>', `${describeField('data.path')}, or ${worldFlags}`, makeRelative)
    .option('--users <count>', describeField('data.users'), positive)
    .option('--seed <integer>', describeField('seed'), parseInteger(0))
    .optionsGroup('Model and prompts:')
    .option(
      '--domain <name>',
      `${configFields.domain.meaning}: ${domainNames.join(', ')} (default: ${configFields.domain.otherwise})`,
    )
    .option('--model <name>', describeField('model'))
    .option('--temperature <number>', describeField('temperature'), parseNumber(0, 2))
    .option('--concurrency <count>', describeField('concurrency'), positive);
}

function addUserFlags(command: Command): Command {
  return command
    .option('--candidates <count>', describeField('candidates'), parseInteger(2))
    .option('--train-users <count>', describeField('trainUsers'), parseInteger(1))
    .option('--report-users <count>', describeField('reportUsers'), parseInteger(2));
}
