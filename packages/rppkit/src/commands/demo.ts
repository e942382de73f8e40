import type { Command } from 'commander';
import type { CliStreams } from '../run-cli.ts';
import { createRunFolder } from '../run-folder/run-folder.ts';
import { addJsonOption, addRunsOption, describeCommand, parseInteger } from './options.ts';

interface DemoFlags {
  readonly runs: string;
  readonly name?: string;
  readonly seed: number;
  readonly json?: boolean;
}

/** `rppkit demo`: everything on a synthetic world with the simulated model, without a key or a network. */
export function addDemoCommand(program: Command, streams: CliStreams): void {
  const command = program
    .command('demo')
    .description('train, evaluate and report on a synthetic world with the simulated model; needs no key')
    .option('--seed <integer>', 'decides every random choice', parseInteger(0), 1)
    .option('--name <name>', 'name of the run folder (default: demo, or demo-2 …)')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed, 2 wrong flags, 3 interrupted; the run can be resumed.

Examples:
  rppkit demo
  rppkit demo --seed 2 --name second`,
    );
  addJsonOption(addRunsOption(command)).action(async ({ runs, name, seed, json = false }: DemoFlags) => {
    const { parseExperimentConfig } = await import('../experiment/experiment-config.ts');
    const config = parseExperimentConfig({
      data: { kind: 'synthetic', preset: 'diverse', users: 16_000 },
      seed,
      trainUsers: 10_000,
      reportUsers: 3000,
      episodes: 30_000,
      bestFixedCalls: 60_000,
      oracleAnswers: 60_000,
      swaps: 20,
    });
    const folder = createRunFolder(runs, { name, base: 'demo' });
    const { runExperiment } = await import('../experiment/run-experiment.ts');
    const { runInFolder } = await import('./run-in-folder.ts');
    await runInFolder((options) => runExperiment({ ...options, config }), {
      folder,
      command: describeCommand(command),
      streams,
      json,
    });
  });
}
