import type { ExperimentResults } from '../experiment/results.ts';
import type { RunOptions } from '../experiment/run-options.ts';
import type { CliStreams } from '../run-cli.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import { describeGoOn, isUnfinished, nameGoOn } from '../run-folder/run-manifest.ts';
import { createProgress } from '../terminal/progress.ts';
import { renderResults } from '../terminal/render-results.ts';
import { writeMessage } from '../terminal/write-message.ts';
import { InterruptedError, UsageError } from '../usage-error.ts';
import { listenForInterrupt } from './interrupt.ts';

/** Runs an experiment in its folder with progress, Ctrl-C and the results printed; how all commands that ask a model run. */
export async function runInFolder(
  run: (options: Omit<RunOptions, 'config'>) => Promise<ExperimentResults>,
  {
    folder,
    command,
    streams,
    json = false,
  }: {
    readonly folder: RunFolder;
    readonly command: string;
    readonly streams: CliStreams;
    /** True: standard output holds `results.json` and nothing else. */
    readonly json?: boolean;
  },
): Promise<void> {
  const { stdout, stderr } = streams;
  const { signal, stop } = listenForInterrupt();
  const log = (line: string): void => writeMessage(stderr, line);
  const progress = createProgress(stderr, json ? { live: false } : {});
  try {
    log(`Run: ${folder.path}`);
    const results = await run({ folder, command, log, progress, signal });
    const report = `Report: ${folder.resolve('report.html')}`;
    if (json) {
      log(report);
      stdout.write(`${JSON.stringify(results, null, 2)}\n`);
    } else {
      stdout.write(`\n${renderResults(results)}\n\n${report}\n`);
    }
  } catch (error) {
    // An interruption says so itself; what cannot be carried out as given would not go on either.
    if (!(error instanceof InterruptedError || error instanceof UsageError) && isUnfinished(folder)) {
      log(`What the run had is kept. To go on with it: ${describeGoOn(folder, nameGoOn(folder))}`);
    }
    throw error;
  } finally {
    stop();
  }
}
