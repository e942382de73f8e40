import type { Command } from 'commander';
import type { CliStreams } from '../../run-cli.ts';
import { InterruptedError } from '../../usage-error.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { addJsonOption, makeRelative, parseNumber } from '../options.ts';
import { explainTableError } from './explain-table-error.ts';

interface ReplayFlags {
  readonly allowedLoss: number;
  readonly json?: boolean;
}

/** `rppkit table replay`: bounds, verdict and effects of a recorded table; no model is asked. */
export function addReplayCommand(table: Command, streams: CliStreams): void {
  const command = table
    .command('replay')
    .description('judge a recorded table: bounds, controls, headroom, effects; no model is asked')
    .argument('<file>', 'a table that rppkit table record wrote')
    .option('--allowed-loss <share>', 'share of users that failed calls may cost', parseNumber(0, 1), 0.02);
  addJsonOption(command)
    .addHelpText(
      'after',
      `
Reads FILE, FILE.json and the data that it was recorded with, by the same path; of a
redacted table also FILE.salt. The same table gives the same figures.
Exit codes: 0 done, whatever it found; 1 too many failed calls; 2 no table, or other
data; 3 interrupted.

Examples:
  rppkit table replay ml-100k.rpptable
  rppkit table replay ml-100k.rpptable --json | jq .headroom.verdict`,
    )
    .action((file: string, flags: ReplayFlags) => replay(makeRelative(file), flags, streams));
}

async function replay(
  path: string,
  { allowedLoss, json = false }: ReplayFlags,
  { stdout, stderr }: CliStreams,
): Promise<void> {
  const { replayTable } = await import('../../table/replay-table.ts');
  const { writeMessage } = await import('../../terminal/write-message.ts');
  const { signal, stop } = listenForInterrupt();
  try {
    const log = (line: string): void => writeMessage(stderr, line);
    const found = await replayTable(path, { allowedLoss, signal, log });
    if (json) stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    else {
      const { renderReplay } = await import('../../table/render-replay.ts');
      stdout.write(`\n${renderReplay(found)}\n`);
    }
  } catch (error) {
    throw signal.aborted
      ? new InterruptedError('The replay was interrupted. Nothing was changed.')
      : explainTableError(error);
  } finally {
    stop();
  }
}
