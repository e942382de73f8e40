import type { Command } from 'commander';
import type { CliStreams } from '../../run-cli.ts';
import type { UserTraces } from '../../runs/forget-user.ts';
import { confirm } from '../confirm.ts';
import { addRunsOption } from '../options.ts';

interface ForgetFlags {
  readonly runs: string;
  readonly user: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `rppkit runs forget NAME --user ID`: removes one user from what a run stores, and says what it cannot remove. */
export function addForgetCommand(runs: Command, streams: CliStreams): void {
  const command = runs
    .command('forget')
    .description('remove one user from what a run stores, and say what cannot be removed')
    .argument('<name>', 'name of the run')
    .requiredOption('--user <id>', 'user id as in the data')
    .option('--yes', 'do it without being asked')
    .option('--dry-run', 'only say what would be removed');
  addRunsOption(command)
    .option('--json', 'print what was removed, and what was not, as JSON')
    .addHelpText(
      'after',
      `
Removes the user's lines of trajectories.jsonl, evaluation.csv and examples.jsonl, the
user in report.html, answers in responses/, and as a whole report-redacted.html and
checkpoints: an unfinished run cannot be resumed afterwards. Answers are found by making the run's
prompts again, so the data must be as they were. Exit codes: 0 done, or nothing to
do; 1 a file could not be written; 2 no such run, or it is running; 3 interrupted.

Examples:
  rppkit runs forget ml-100k --user 42 --dry-run
  rppkit runs forget ml-100k --user 42 --yes`,
    )
    .action((name: string, flags: ForgetFlags) => forget(name, flags, streams));
}

async function forget(name: string, flags: ForgetFlags, { stdout, stderr }: CliStreams): Promise<void> {
  const { findUserTraces, forgetUser } = await import('../../runs/forget-user.ts');
  const { cleanText } = await import('../../report/escape-html.ts');
  const { writeMessage } = await import('../../terminal/write-message.ts');
  const log = (line: string): void => writeMessage(stderr, cleanText(line));
  const traces = await findUserTraces(flags.runs, name, flags.user);
  const found = await describeTraces(traces);
  const dryRun = flags.dryRun === true;
  log(
    found.length === 0
      ? `Run ${name} holds no records of user ${JSON.stringify(flags.user)}.`
      : `Run ${name} holds of user ${JSON.stringify(flags.user)}: ${found.join(', ')}.`,
  );
  log('Not removed:');
  for (const one of traces.remaining) log(`  ${one}`);
  if (!dryRun && found.length > 0) {
    if (!(await confirm('Remove what it holds?', flags.yes === true))) {
      log('Nothing was removed.');
      return;
    }
    await forgetUser(flags.runs, traces);
  }
  if (flags.json) {
    const { remaining, answers, run, user, ...records } = traces;
    const removed = { ...records, answers: answers.length };
    stdout.write(`${JSON.stringify({ run, user, dryRun, removed, remaining }, null, 2)}\n`);
  } else if (found.length > 0) {
    stdout.write(`${dryRun ? 'Would remove' : 'Removed'} ${found.join(', ')}\n`);
  }
}

async function describeTraces(traces: UserTraces): Promise<readonly string[]> {
  const { formatBytes } = await import('../../terminal/format-bytes.ts');
  const counts: readonly (readonly [number, string])[] = [
    [traces.trajectories, 'trajectory lines'],
    [traces.evaluation, 'evaluation rows'],
    [traces.examples, 'report examples'],
    [traces.answers.length, 'stored answers'],
  ];
  const parts = counts.flatMap(([count, noun]) => (count === 0 ? [] : [`${count.toLocaleString('en-US')} ${noun}`]));
  if (traces.checkpoints > 0) parts.push(`${formatBytes(traces.checkpoints)} of checkpoints`);
  return parts;
}
