import { type Command, Option } from 'commander';
import type { ReportFormat } from '../report/write-run-report.ts';
import type { CliStreams } from '../run-cli.ts';
import { UsageError } from '../usage-error.ts';
import { addRunsOption, parseInteger } from './options.ts';

interface ReportFlags {
  readonly run?: string;
  readonly runs: string;
  readonly format: ReportFormat;
  readonly out?: string;
  readonly redact?: boolean;
  readonly examples?: number;
}

/** `rppkit report`: the report of a run once more, from its folder alone. */
export function addReportCommand(program: Command, streams: CliStreams): void {
  const command = program
    .command('report')
    .description('write the report of a run again, without asking a model')
    .option('--run <name>', 'name of the run (default: the latest)');
  addRunsOption(command)
    .addOption(new Option('--format <format>', 'form of the report').choices(['html', 'md', 'json']).default('html'))
    .option('--out <file>', 'where to write it; "-": standard output (default: into the run for html, else "-")')
    .option('--redact', 'for a report to hand on: without users, or with hashed ids')
    .option(
      '--examples <count>',
      'users in an html report, with history, prompt and answers (default: all; 0 with --redact)',
      parseInteger(0),
    )
    .addHelpText(
      'after',
      `
html writes report.html into the run, or report-redacted.html; md and json hold no
single users. Redacted ids are hashed with the salt in the run's file redaction-salt:
keep that file to yourself, whoever has it can find out ids. Titles of the users that
--examples shows are not changed, and a history may tell who somebody is. Exit codes:
0 done, 1 a file could not be written, 2 no such run, or one without results.

Examples:
  rppkit report
  rppkit report --run ml-100k --format md > results.md
  rppkit report --run ml-100k --redact --examples 3 --out to-hand-on.html`,
    )
    .action((flags: ReportFlags) => report(flags, streams));
}

async function report(flags: ReportFlags, { stdout, stderr }: CliStreams): Promise<void> {
  const { format, runs: root, out, examples, redact: redacted = false } = flags;
  if (examples !== undefined && format !== 'html') {
    throw new UsageError(
      `Expected --examples with --format html only, received --format ${format}, which shows no users. Leave one of them out.`,
    );
  }
  if (out === '') throw new UsageError('Expected --out to name a file, received "". Pass a file, or - .');
  const { findLatestRun } = await import('../runs/find-latest-run.ts');
  const { writeRunReport } = await import('../report/write-run-report.ts');
  const { writeMessage } = await import('../terminal/write-message.ts');
  const run = flags.run ?? findLatestRun(root);
  if (flags.run === undefined) writeMessage(stderr, `Run: ${run}, the latest`);
  const written = await writeRunReport({ root, run, format, out, redacted, examples });
  if ('path' in written) stdout.write(`Report: ${written.path}\n`);
  else stdout.write(written.text);
}
