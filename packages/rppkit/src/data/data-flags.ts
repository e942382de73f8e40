import type { DatasetFormat } from '@rppkit/datasets/node';
import { type Command, Option } from 'commander';
import { makeRelative, parseInteger, parseNumber } from '../commands/options.ts';
import { datasetFormats } from './dataset-formats.ts';

/** How data are read, as flags give it. */
export interface DataFlags {
  readonly format?: DatasetFormat;
  readonly userColumn?: string;
  readonly itemColumn?: string;
  readonly timeColumn?: string;
  readonly timeFormat?: 'seconds' | 'milliseconds' | 'iso-8601';
  readonly positionColumn?: string;
  readonly valueColumn?: string;
  readonly titleColumn?: string;
  /** A second file, with one row an item; its id column is named as in the first unless told otherwise. */
  readonly items?: string;
  readonly itemsIdColumn?: string;
  readonly itemsTitleColumn?: string;
  /** Names of columns that become attributes, separated by commas. */
  readonly itemsAttributes?: string;
  readonly delimiter?: string;
  /** False for `--no-quotes`. */
  readonly quotes: boolean;
  /** Names of the columns of a file without a header line, separated by commas. */
  readonly header?: string;
  readonly encoding?: 'utf-8' | 'latin-1';
  readonly order?: 'timestamp' | 'column' | 'none';
  readonly catalogue?: 'interacted' | 'all';
  readonly skipBadLines?: boolean;
  readonly minimumValue?: number;
  readonly kCore?: number;
}

/** Adds the flags that say how data are read to a command, in groups of their own: add other options before. */
export function addDataFlags(command: Command): Command {
  return command
    .optionsGroup('Reading the data:')
    .addOption(
      new Option(
        '--format <name>',
        'layout of the data (default: recognised by file names; Amazon must be named)',
      ).choices(datasetFormats),
    )
    .addOption(
      new Option(
        '--order <meaning>',
        'what orders the rows of a user: times, the rows or counts themselves, or nothing (default: by the columns)',
      ).choices(['timestamp', 'column', 'none']),
    )
    .option('--title-column <name>', 'column with item titles (default: ids, or what RecBole files usually name)')
    .addOption(
      new Option('--catalogue <items>', 'Amazon: items with an interaction (default), or all of the meta file').choices(
        ['interacted', 'all'],
      ),
    )
    .option('--skip-bad-lines', 'leave out lines that cannot be used, and report them, instead of stopping')
    .option('--minimum-value <number>', 'keep interactions of at least this value', parseNumber(-1e300, 1e300))
    .option('--k-core <count>', 'then keep users and items with at least so many interactions', parseInteger(1))
    .optionsGroup('Tables (csv, json-lines, parquet; column names also recbole):')
    .option('--user-column <name>', 'column with user ids (default: user)')
    .option('--item-column <name>', 'column with item ids (default: item)')
    .option('--time-column <name>', 'column with times')
    .addOption(
      new Option('--time-format <name>', 'how times are written (default: seconds)').choices([
        'seconds',
        'milliseconds',
        'iso-8601',
      ]),
    )
    .option('--position-column <name>', 'column that orders rows without being a time')
    .option('--value-column <name>', 'column with ratings or counts')
    .option('--items <file>', 'a second file, with one row an item', makeRelative)
    .option('--items-id-column <name>', 'its column with ids (default: as --item-column)')
    .option('--items-title-column <name>', 'its column with titles (default: title)')
    .option('--items-attributes <names>', 'its columns that are attributes, such as genres,year')
    .optionsGroup('CSV:')
    .option('--delimiter <text>', 'text between fields, \\t for a tab (default: a comma; a tab for .tsv)')
    .option('--no-quotes', 'quotes are plain text')
    .option('--header <names>', 'names of the columns of a file without a header line, such as user,item,time')
    .addOption(
      new Option('--encoding <name>', 'how the text is encoded (default: utf-8)').choices(['utf-8', 'latin-1']),
    );
}
