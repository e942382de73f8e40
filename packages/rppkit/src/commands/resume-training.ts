import type { Command } from 'commander';
import type { CliStreams } from '../run-cli.ts';
import { openRunFolder } from '../run-folder/run-folder.ts';
import { UsageError } from '../usage-error.ts';
import { describeCommand } from './options.ts';

/** `rppkit train --resume NAME`: goes on with a run as it was configured. Throws `UsageError` beside flags that say otherwise. */
export async function resumeTraining(
  command: Command,
  { name, runs, streams }: { readonly name: string; readonly runs: string; readonly streams: CliStreams },
): Promise<void> {
  const other = command.options.find(
    (option) =>
      !['--resume', '--runs'].includes(option.long!) && command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (other !== undefined) {
    throw new UsageError(
      `Expected no flag beside --resume but --runs, received ${other.long}: a run goes on as it began. Leave it out, or train a new run.`,
    );
  }
  const folder = openRunFolder(runs, name, '--resume');
  const { resumeExperiment } = await import('../experiment/run-experiment.ts');
  const { runInFolder } = await import('./run-in-folder.ts');
  await runInFolder(resumeExperiment, { folder, command: describeCommand(command), streams });
}
