import type { Command } from 'commander';
import type { CliStreams } from '../../run-cli.ts';
import { addRunsOption } from '../options.ts';

interface ListFlags {
  readonly runs: string;
  readonly json?: boolean;
}

/** `rppkit runs list`: the runs of a folder, the latest first, with what they found. */
export function addListCommand(runs: Command, { stdout }: CliStreams): void {
  const command = runs.command('list').description('list runs, the latest first, with what they found');
  addRunsOption(command)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
A run is "killed" where its manifest says running and no process works on it.
Times are UTC; calls are those that reached the model.
Exit codes: 0 done, 2 not a folder.

Examples:
  rppkit runs list
  rppkit runs list --runs results/runs
  rppkit runs list --json | jq '.runs[] | select(.status == "killed").name'`,
    )
    .action(async ({ runs: root, json }: ListFlags) => {
      const { listRuns } = await import('../../runs/list-runs.ts');
      const list = listRuns(root);
      if (json) {
        stdout.write(`${JSON.stringify(list, null, 2)}\n`);
        return;
      }
      const { renderRunList } = await import('../../runs/render-run-list.ts');
      stdout.write(`${renderRunList(root, list)}\n`);
    });
}
