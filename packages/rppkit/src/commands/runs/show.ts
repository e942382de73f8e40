import type { Command } from 'commander';
import type { CliStreams } from '../../run-cli.ts';
import { addRunsOption } from '../options.ts';

interface ShowFlags {
  readonly runs: string;
  readonly json?: boolean;
}

/** `rppkit runs show NAME`: what a run is, what it found, what it holds, and how to go on. */
export function addShowCommand(runs: Command, { stdout }: CliStreams): void {
  const command = runs
    .command('show')
    .description('show what a run is, what it found, what it holds, and how to go on')
    .argument('<name>', 'name of the run');
  addRunsOption(command)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 2 no such run, or its manifest cannot be read.

Examples:
  rppkit runs show ml-100k
  rppkit runs show ml-100k --json | jq .results.verdict`,
    )
    .action(async (name: string, { runs: root, json }: ShowFlags) => {
      const { describeRun } = await import('../../runs/describe-run.ts');
      const run = describeRun(root, name);
      if (json) {
        stdout.write(`${JSON.stringify(run, null, 2)}\n`);
        return;
      }
      const { renderRun } = await import('../../runs/render-run.ts');
      stdout.write(`${renderRun(run)}\n`);
    });
}
