import { type Command, Option } from 'commander';
import { addDataFlags, type DataFlags } from '../../data/data-flags.ts';
import type { CliStreams } from '../../run-cli.ts';
import { addJsonOption, makeRelative } from '../options.ts';
import { assertFolder } from './assert-folder.ts';
import { openData } from './open-data.ts';

interface ConvertFlags extends DataFlags {
  readonly to: string;
  readonly name?: string;
  readonly listBlanks: 'error' | 'underscore';
  readonly json?: boolean;
}

/** `rppkit data convert PATH --to FOLDER`: any data set as RecBole's atomic files. */
export function addConvertCommand(data: Command, { stdout, stderr }: CliStreams): void {
  const command = data
    .command('convert')
    .description('write a data set as RecBole atomic files (.inter, .item, .user)')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed, 2 data or flags that cannot be used.

Examples:
  rppkit data convert data/ml-100k.zip --to atomic
  rppkit data convert books.csv --order column --to atomic --name books`,
    )
    .argument('<path>', 'folder, zip archive or file')
    .requiredOption('--to <folder>', 'folder for the files, made where it is missing', makeRelative)
    .option('--name <name>', 'name of the files (default: that of the data set)')
    .addOption(
      new Option('--list-blanks <way>', 'blanks inside values of lists, which blanks separate')
        .choices(['error', 'underscore'])
        .default('underscore'),
    );
  addDataFlags(addJsonOption(command)).action(async (path: string, flags: ConvertFlags) => {
    assertFolder('--to', flags.to);
    const { writeAtomicDataset } = await import('@rppkit/datasets/node');
    const { dataset } = await openData(path, flags, stderr);
    const named = { ...dataset, name: flags.name ?? dataset.name };
    const written = await writeAtomicDataset(named, flags.to, { listBlanks: flags.listBlanks });
    const files = written.map(makeRelative);
    stdout.write(`${flags.json ? JSON.stringify({ files }, null, 2) : files.join('\n')}\n`);
  });
}
