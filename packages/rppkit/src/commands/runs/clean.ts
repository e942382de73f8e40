import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { CliStreams } from '../../run-cli.ts';
import type { Removal, RunPart } from '../../runs/plan-cleaning.ts';
import { UsageError } from '../../usage-error.ts';
import { confirm } from '../confirm.ts';
import { addRunsOption } from '../options.ts';

interface CleanFlags {
  readonly runs: string;
  readonly responses?: boolean;
  readonly checkpoints?: boolean;
  readonly all?: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `rppkit runs clean NAME…`: frees disk space after it has said what that costs. */
export function addCleanCommand(runs: Command, streams: CliStreams): void {
  const command = runs
    .command('clean')
    .description('free disk space, after saying how much and what can no longer be done')
    .argument('<names...>', 'names of runs')
    .option('--responses', 'remove stored answers: an evaluation asks and pays again')
    .option('--checkpoints', 'remove checkpoints: an unfinished run cannot be resumed')
    .option('--all', 'remove the runs with all they hold')
    .option('--yes', 'do it without being asked')
    .option('--dry-run', 'only say what would be removed');
  addRunsOption(command)
    .option('--json', 'print what was removed as JSON')
    .addHelpText(
      'after',
      `
A run that a process works on is never touched. Exit codes: 0 done, or nothing to
do; 1 a folder could not be removed; 2 no such run, or it is running; 3 interrupted.

Examples:
  rppkit runs clean ml-100k --responses --dry-run
  rppkit runs clean ml-100k ml-100k-2 --checkpoints
  rppkit runs clean demo --all --yes`,
    )
    .action((names: readonly string[], flags: CleanFlags) => cleanRuns(names, flags, streams));
}

async function cleanRuns(names: readonly string[], flags: CleanFlags, { stdout, stderr }: CliStreams): Promise<void> {
  const parts = new Set((['responses', 'checkpoints', 'all'] as const).filter((part) => flags[part] === true));
  if (parts.size === 0) {
    throw new UsageError(
      'Expected --responses, --checkpoints or --all, received none of them. Say what is to be removed.',
    );
  }
  const { planCleaning } = await import('../../runs/plan-cleaning.ts');
  const { withRuns } = await import('../../run-folder/run-lock.ts');
  const { writeMessage } = await import('../../terminal/write-message.ts');
  const plan = planCleaning(flags.runs, [...new Set(names)], parts);
  await announce(plan, parts, (line) => writeMessage(stderr, line));
  const dryRun = flags.dryRun === true;
  if (!dryRun && plan.length > 0) {
    if (!(await confirm('Remove this?', flags.yes === true))) {
      writeMessage(stderr, 'Nothing was removed.');
      return;
    }
    // All of them first: somebody may have thought for long.
    const paths = [...new Set(plan.map(({ run }) => join(flags.runs, run)))];
    await withRuns(paths, () => {
      for (const { path } of plan) rmSync(path, { recursive: true });
    });
  }
  if (flags.json) stdout.write(`${JSON.stringify({ dryRun, removed: plan }, null, 2)}\n`);
  else for (const { path } of plan) stdout.write(`${dryRun ? 'Would remove' : 'Removed'} ${path}\n`);
}

async function announce(
  plan: readonly Removal[],
  parts: ReadonlySet<RunPart>,
  log: (line: string) => void,
): Promise<void> {
  const { formatBytes } = await import('../../terminal/format-bytes.ts');
  for (const { path, bytes, consequence } of plan) log(`${path}: ${formatBytes(bytes)}. ${consequence}`);
  const total = plan.reduce((sum, { bytes }) => sum + bytes, 0);
  log(plan.length === 0 ? `These runs hold no ${[...parts].join(' and no ')}.` : `In all: ${formatBytes(total)}.`);
}
