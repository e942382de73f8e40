import type { DatasetFormat } from '@rppkit/datasets/node';
import { type Command, Option } from 'commander';
import { makeRelative, parseInteger, parseNumber } from '../commands/options.ts';
import { configFields, describeField } from '../experiment/config-fields.ts';
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
  readonly quotes?: boolean;
  /** Names of the columns of a file without a header line, separated by commas. */
  readonly header?: string;
  readonly encoding?: 'utf-8' | 'latin-1';
  readonly order?: 'timestamp' | 'column' | 'none';
  readonly catalogue?: 'interacted' | 'all';
  /** False for `--no-skip-bad-lines`. */
  readonly skipBadLines?: boolean;
  readonly minimumValue?: number;
  readonly kCore?: number;
}

/** Adds the flags that say how data are read to a command, in groups of their own: add other options before. */
export function addDataFlags(command: Command): Command {
  return command
    .optionsGroup('Reading the data:')
    .addOption(new Option('--format <name>', describeField('data.format')).choices(datasetFormats))
    .addOption(new Option('--order <meaning>', describeField('data.order')).choices(['timestamp', 'column', 'none']))
    .option('--title-column <name>', 'column with item titles (default: ids, or what RecBole files usually name)')
    .addOption(new Option('--catalogue <items>', describeField('data.catalogue')).choices(['interacted', 'all']))
    .option('--skip-bad-lines', configFields['data.skipBadLines'].meaning)
    .option('--no-skip-bad-lines', 'stop at such a line, whatever the configuration file says')
    .option('--minimum-value <number>', describeField('data.minimumValue'), parseNumber(-1e300, 1e300))
    .option('--k-core <count>', describeField('data.kCore'), parseInteger(1))
    .optionsGroup('Tables (csv, json-lines, parquet; column names also recbole):')
    .option('--user-column <name>', `${describeField('data.columns.user')} (default: user)`)
    .option('--item-column <name>', `${describeField('data.columns.item')} (default: item)`)
    .option('--time-column <name>', describeField('data.columns.time'))
    .addOption(
      new Option('--time-format <name>', describeField('data.timeFormat')).choices([
        'seconds',
        'milliseconds',
        'iso-8601',
      ]),
    )
    .option('--position-column <name>', describeField('data.columns.position'))
    .option('--value-column <name>', describeField('data.columns.value'))
    .option('--items <file>', describeField('data.items'), makeRelative)
    .option('--items-id-column <name>', `${describeField('data.items.columns.item')} (default: as --item-column)`)
    .option('--items-title-column <name>', `${describeField('data.items.columns.title')} (default: title)`)
    .option('--items-attributes <names>', 'its columns that are attributes, such as genres,year')
    .optionsGroup('CSV:')
    .option('--delimiter <text>', 'text between fields, \\t for a tab (default: a comma; a tab for .tsv)')
    .option('--quotes', 'fields may stand in quotes (default), whatever the configuration file says')
    .option('--no-quotes', 'quotes are plain text')
    .option('--header <names>', `${describeField('data.header')}, such as user,item,time`)
    .addOption(new Option('--encoding <name>', describeField('data.encoding')).choices(['utf-8', 'latin-1']));
}
