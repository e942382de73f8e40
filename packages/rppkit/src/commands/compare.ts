import { type Command, Option } from 'commander';
import type { ComparedMetric } from '../comparison/compare-runs.ts';
import type { ComparisonFormat } from '../comparison/render-run-comparison.ts';
import type { CliStreams } from '../run-cli.ts';
import { UsageError } from '../usage-error.ts';
import { addJsonOption, addRunsOption } from './options.ts';

interface CompareFlags {
  readonly runs: string;
  readonly metric: ComparedMetric;
  readonly format?: ComparisonFormat;
  readonly json?: boolean;
}

/** `rppkit compare`: RPP and the best fixed prompts of several runs, paired by user. */
export function addCompareCommand(program: Command, { stdout }: CliStreams): void {
  const command = program
    .command('compare')
    .description('compare runs on the same users: RPP and best fixed prompts, with tests and intervals')
    .argument('[run...]', 'names of the runs')
    .addOption(
      new Option('--metric <name>', 'what is compared').choices(['ndcg@1', 'ndcg@5', 'ndcg@10']).default('ndcg@10'),
    )
    .addOption(new Option('--format <name>', 'how it is written (default: text)').choices(['text', 'md', 'csv']));
  addJsonOption(addRunsOption(command))
    .addHelpText(
      'after',
      `
Runs whose tasks differ (data, seed, users, candidates) are refused, and the
difference is named; other settings are what is compared, and are listed.
Tests are paired t tests, corrected by Holm over all pairs.
Exit codes: 0 done, 2 runs that cannot be compared.

Examples:
  rppkit compare ml-100k ml-100k-on-simulated-strong
  rppkit compare whole no-role --metric ndcg@1 --format md > ablation.md`,
    )
    .action(async (names: readonly string[], { runs, metric, format, json }: CompareFlags) => {
      if (json && format !== undefined) {
        throw new UsageError('Expected --json or --format, received both. Leave one out.');
      }
      const { compareRuns } = await import('../comparison/compare-runs.ts');
      const compared = compareRuns(runs, names, metric);
      if (json) {
        stdout.write(`${JSON.stringify(compared, null, 2)}\n`);
        return;
      }
      const { renderRunComparison } = await import('../comparison/render-run-comparison.ts');
      stdout.write(`${renderRunComparison(compared, format ?? 'text')}\n`);
    });
}
