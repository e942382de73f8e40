import { type DatasetFormat, datasetFormats } from '@rppkit/datasets/node';
import { type Command, Option } from 'commander';
import { makeRelative, parseInteger, parseNumber } from '../commands/options.ts';

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

/** Adds the flags that say how data are read to a command. */
export function addDataFlags(command: Command): Command {
  return command
    .addOption(
      new Option('--format <name>', 'layout of the data (default: recognised by file names)').choices(datasetFormats),
    )
    .option('--user-column <name>', 'table: column with user ids (default: user)')
    .option('--item-column <name>', 'table: column with item ids (default: item)')
    .option('--time-column <name>', 'table: column with times')
    .addOption(
      new Option('--time-format <name>', 'table: how times are written (default: seconds)').choices([
        'seconds',
        'milliseconds',
        'iso-8601',
      ]),
    )
    .option('--position-column <name>', 'table: column that orders rows without being a time')
    .option('--value-column <name>', 'table: column with ratings or counts')
    .option('--title-column <name>', 'column with item titles (default: the id is the title; RecBole: title, name …)')
    .option('--items <file>', 'table: a second file with one row an item', makeRelative)
    .option('--items-id-column <name>', 'table: column of --items with ids (default: as --item-column)')
    .option('--items-title-column <name>', 'table: column of --items with titles (default: title)')
    .option('--items-attributes <names>', 'table: columns of --items that are attributes, such as genres,year')
    .option('--delimiter <text>', 'CSV: text between fields, \\t for a tab (default: a comma; a tab for .tsv)')
    .option('--no-quotes', 'CSV: quotes are plain text')
    .option('--header <names>', 'CSV: names of the columns of a file without a header line, such as user,item,time')
    .addOption(new Option('--encoding <name>', 'CSV: default utf-8').choices(['utf-8', 'latin-1']))
    .addOption(
      new Option(
        '--order <meaning>',
        'what orders the rows of a user: "column" declares row or position order',
      ).choices(['timestamp', 'column', 'none']),
    )
    .addOption(
      new Option('--catalogue <items>', 'Amazon: items with an interaction, or all of the meta file').choices([
        'interacted',
        'all',
      ]),
    )
    .option('--skip-bad-lines', 'leave out lines that cannot be used, and report them, instead of stopping')
    .option('--minimum-value <number>', 'keep interactions of at least this value', parseNumber(-1e300, 1e300))
    .option('--k-core <count>', 'keep users and items with at least so many interactions', parseInteger(1));
}
