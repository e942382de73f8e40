import type { ExperimentConfig } from '../experiment/experiment-config.ts';
import type { ExperimentResults } from '../experiment/results.ts';
import type { RunOptions } from '../experiment/run-experiment.ts';
import type { CliStreams } from '../run-cli.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import { createProgress } from '../terminal/progress.ts';
import { renderResults } from '../terminal/render-results.ts';
import { writeMessage } from '../terminal/write-message.ts';
import { listenForInterrupt } from './interrupt.ts';

/** Runs an experiment in its folder with progress, Ctrl-C and the results printed; how all commands that ask a model run. */
export async function runInFolder(
  run: (options: RunOptions) => Promise<ExperimentResults>,
  {
    config,
    folder,
    command,
    streams,
    json = false,
  }: {
    readonly config: ExperimentConfig;
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
  try {
    log(`Run: ${folder.path}`);
    const results = await run({ config, folder, command, log, progress: createProgress(stderr), signal });
    const report = `Report: ${folder.resolve('report.html')}`;
    if (json) {
      log(report);
      stdout.write(`${JSON.stringify(results, null, 2)}\n`);
    } else {
      stdout.write(`\n${renderResults(results)}\n\n${report}\n`);
    }
  } finally {
    stop();
  }
}
