import type { Command } from 'commander';
import type { CliStreams } from '../../run-cli.ts';
import { addConvertCommand } from './convert.ts';
import { addFetchCommand } from './fetch.ts';
import { addInspectCommand } from './inspect.ts';
import { addLintCommand } from './lint.ts';
import { addTasksCommand } from './tasks.ts';

/** `rppkit data …`: what can be done with data sets before anything is trained. */
export function addDataCommand(program: Command, streams: CliStreams): void {
  const data = program
    .command('data')
    .description('fetch, inspect, convert and lint data sets, and make ranking tasks');
  addFetchCommand(data, streams);
  addInspectCommand(data, streams);
  addConvertCommand(data, streams);
  addLintCommand(data, streams);
  addTasksCommand(data, streams);
}
