import type { CatalogueEntry } from '@rppkit/datasets/node';
import type { Command } from 'commander';
import type { CliStreams } from '../../run-cli.ts';
import { addConvertCommand } from './convert.ts';
import { addFetchCommand } from './fetch.ts';
import { addInspectCommand } from './inspect.ts';
import { addLintCommand } from './lint.ts';
import { addTasksCommand } from './tasks.ts';

/** `rppkit data …`: what can be done with data sets before anything is trained. `catalogue` is what can be fetched. */
export function addDataCommand(program: Command, streams: CliStreams, catalogue?: readonly CatalogueEntry[]): void {
  const data = program
    .command('data')
    .description('fetch, inspect, convert and lint data sets, and make ranking tasks')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed, 2 data or flags that cannot be used, 3 interrupted.

Examples:
  rppkit data fetch ml-100k
  rppkit data inspect data/ml-100k.zip`,
    );
  addFetchCommand(data, streams, catalogue);
  addInspectCommand(data, streams);
  addConvertCommand(data, streams);
  addLintCommand(data, streams);
  addTasksCommand(data, streams);
}
