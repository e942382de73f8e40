import type { Command } from 'commander';
import type { CliStreams } from '../../run-cli.ts';
import { addRecordCommand } from './record.ts';
import { addReplayCommand } from './replay.ts';

/** `rppkit table …`: response tables, recorded once and judged as often as you like. */
export function addTableCommand(program: Command, streams: CliStreams): void {
  const table = program
    .command('table')
    .description('record what a model answers to many prompts of the same users, and judge that without it')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed, 2 it cannot be done as given, 3 interrupted.

Examples:
  rppkit table record --data data/ml-100k.zip --tasks 200 --prompts 100 --out ml-100k.rpptable
  rppkit table replay ml-100k.rpptable`,
    );
  addRecordCommand(table, streams);
  addReplayCommand(table, streams);
}
