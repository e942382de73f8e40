import type { Command } from 'commander';
import type { CliStreams } from '../../run-cli.ts';
import { addRecordCommand } from './record.ts';
import { addReplayCommand } from './replay.ts';

/** `rppkit table …`: response tables, recorded once and judged as often as you like. */
export function addTableCommand(program: Command, streams: CliStreams): void {
  const table = program
    .command('table')
    .description('record what a model answers to many prompts of the same users, and judge that without it');
  addRecordCommand(table, streams);
  addReplayCommand(table, streams);
}
