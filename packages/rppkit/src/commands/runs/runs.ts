import type { Command } from 'commander';
import type { CliStreams } from '../../run-cli.ts';
import { addCleanCommand } from './clean.ts';
import { addForgetCommand } from './forget.ts';
import { addListCommand } from './list.ts';
import { addShowCommand } from './show.ts';

/** `rppkit runs …`: what earlier runs left behind. */
export function addRunsCommand(program: Command, streams: CliStreams): void {
  const runs = program
    .command('runs')
    .description('list, show and clean runs, and forget users in them')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed, 2 no such run, or it is running, 3 interrupted.

Examples:
  rppkit runs list
  rppkit runs show ml-100k`,
    );
  addListCommand(runs, streams);
  addShowCommand(runs, streams);
  addCleanCommand(runs, streams);
  addForgetCommand(runs, streams);
}
