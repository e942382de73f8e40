import { type Command, Option } from 'commander';
import type { ComparedMetric } from '../comparison/compare-runs.ts';
import type { ComparisonFormat } from '../comparison/render-run-comparison.ts';
import type { CliStreams } from '../run-cli.ts';
import { UsageError } from '../usage-error.ts';
import { addSuiteOptions, assertNoSuiteFlags, runSuite, type SuiteFlags } from './compare-suite.ts';
import { addJsonOption, addRunsOption } from './options.ts';

interface CompareFlags extends Omit<SuiteFlags, 'format'> {
  readonly runs: string;
  readonly metric: ComparedMetric;
  readonly format?: ComparisonFormat;
  readonly json?: boolean;
}

/** `rppkit compare`: RPP and the best fixed prompts of several runs, paired by user, or with `--suite` the paper’s experiment. */
export function addCompareCommand(program: Command, streams: CliStreams): void {
  const command = program
    .command('compare')
    .description('compare runs on the same users, or run the paper’s experiment, with tests and intervals')
    .argument('[run...]', 'names of the runs')
    .addOption(
      new Option('--metric <name>', 'what is compared').choices(['ndcg@1', 'ndcg@5', 'ndcg@10']).default('ndcg@10'),
    )
    .addOption(new Option('--format <name>', 'how it is written (default: text)').choices(['text', 'md', 'csv']));
  addSuiteOptions(addJsonOption(addRunsOption(command)))
    .addHelpText(
      'after',
      `
Runs whose tasks differ (data, seed, users, candidates) are refused, and the
difference is named; other settings are what is compared, and are listed.
Tests are paired t tests, corrected by Holm over all pairs. With --suite the same
command goes on after Ctrl-C, a kill or a limit.
Exit codes: 0 done; 2 runs that cannot be compared, wrong flags or data; with
--suite also 1 failed, 3 interrupted.

Examples:
  rppkit compare ml-100k ml-100k-on-simulated-strong
  rppkit compare whole no-role --metric ndcg@1 --format md > ablation.md`,
    )
    .action(async (names: readonly string[], flags: CompareFlags) => {
      const { runs, metric, format, json } = flags;
      if (json && format !== undefined) {
        throw new UsageError('Expected --json or --format, received both. Leave one out.');
      }
      if (flags.suite !== undefined) {
        const { format: _, ...suiteFlags } = flags;
        if (command.getOptionValueSource('metric') === 'cli') {
          throw new UsageError('Expected --metric only with names of runs, received it beside --suite. Leave it out.');
        }
        return runSuite({ ...suiteFlags, ...readSuiteFormat(names, format) }, streams);
      }
      assertNoSuiteFlags(command);
      const { compareRuns } = await import('../comparison/compare-runs.ts');
      const compared = compareRuns(runs, names, metric);
      if (json) {
        streams.stdout.write(`${JSON.stringify(compared, null, 2)}\n`);
        return;
      }
      const { renderRunComparison } = await import('../comparison/render-run-comparison.ts');
      streams.stdout.write(`${renderRunComparison(compared, format ?? 'text')}\n`);
    });
}

/** Throws `UsageError` for names of runs beside a suite, and for a format that its table has not. */
function readSuiteFormat(names: readonly string[], format: ComparisonFormat | undefined): Pick<SuiteFlags, 'format'> {
  if (names.length > 0) {
    throw new UsageError(
      `Expected --suite or names of runs, received both --suite and ${names.join(', ')}. Leave one out.`,
    );
  }
  if (format === 'csv') {
    throw new UsageError('Expected --format text or md beside --suite, received csv. Pass one of the two, or --json.');
  }
  return format === undefined ? {} : { format };
}
