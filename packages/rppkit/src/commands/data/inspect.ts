import type { Command } from 'commander';
import { addDataFlags, type DataFlags } from '../../data/data-flags.ts';
import type { CliStreams } from '../../run-cli.ts';
import { openData } from './open-data.ts';

interface InspectFlags extends DataFlags {
  readonly json?: boolean;
}

/** `rppkit data inspect PATH`: what is in a data set. */
export function addInspectCommand(data: Command, { stdout, stderr }: CliStreams): void {
  const command = data
    .command('inspect')
    .description('describe a data set: counts, history lengths, popularity, times, titles')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed, 2 data or flags that cannot be used.

Examples:
  rppkit data inspect data/ml-100k.zip
  rppkit data inspect books.csv --user-column reader --item-column book --json`,
    )
    .argument('<path>', 'folder, zip archive or file')
    .option('--json', 'print JSON');
  addDataFlags(command).action(async (path: string, flags: InspectFlags) => {
    const { dataset, checksums, skipped } = await openData(path, flags, stderr);
    const { describeDataset } = await import('@rppkit/datasets');
    const { describeFirstItem, renderDescription } = await import('./render-description.ts');
    const description = describeDataset(dataset);
    const example = describeFirstItem(dataset);
    if (flags.json) {
      const all = { name: dataset.name, ...description, example, skippedLines: skipped.count, checksums };
      stdout.write(`${JSON.stringify(all, null, 2)}\n`);
      return;
    }
    stdout.write(`${renderDescription(dataset.name, description, example)}\n`);
  });
}
