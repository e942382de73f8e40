import type { Command } from 'commander';
import type { DataConfig } from '../experiment/experiment-config.ts';
import type { CliStreams } from '../run-cli.ts';
import { createRunFolder } from '../run-folder/run-folder.ts';
import { addExperimentFlags, type ExperimentFlags } from './experiment-flags.ts';
import { addJsonOption, addRunsOption, describeCommand } from './options.ts';

interface TrainFlags extends ExperimentFlags {
  readonly runs: string;
  readonly name?: string;
  readonly json?: boolean;
}

/** `rppkit train`: find the best fixed prompt, train RPP, evaluate both on users never trained on. */
export function addTrainCommand(program: Command, streams: CliStreams): void {
  const command = program
    .command('train')
    .description('find the best fixed prompt, train RPP, and evaluate both on users never trained on');
  addExperimentFlags(command).option('--name <name>', 'name of the run folder (default: from the data)');
  addJsonOption(addRunsOption(command)).action(async ({ runs, name, json = false, ...flags }: TrainFlags) => {
    const { resolveConfig } = await import('../configuration/resolve-config.ts');
    const { config, file } = await resolveConfig(flags);
    const folder = createRunFolder(runs, { name, base: nameData(config.data) });
    const { runExperiment } = await import('../experiment/run-experiment.ts');
    const { runInFolder } = await import('./run-in-folder.ts');
    const { writeMessage } = await import('../terminal/write-message.ts');
    if (file !== undefined) writeMessage(streams.stderr, `Configuration: ${file}`);
    await runInFolder(runExperiment, { config, folder, command: describeCommand(command), streams, json });
  });
}

/** What run folders are called where no name is given. */
function nameData(data: DataConfig): string {
  return data.kind === 'synthetic' ? `synthetic-${data.preset}` : data.format!;
}
