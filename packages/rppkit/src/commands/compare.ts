import type { Command } from 'commander';
import type { CliStreams } from '../run-cli.ts';
import { UsageError } from '../usage-error.ts';
import { addSuiteOptions, runSuite, type SuiteFlags } from './compare-suite.ts';
import { addJsonOption } from './options.ts';

/** `rppkit compare --suite ranking`: the paper's experiment. */
export function addCompareCommand(program: Command, streams: CliStreams): void {
  const command = program.command('compare').description('run the paper’s experiment: every row on the same users');
  addJsonOption(addSuiteOptions(command))
    .option('--format <name>', 'text or md', 'text')
    .action(async (flags: SuiteFlags) => {
      if (flags.suite === undefined) {
        throw new UsageError('Expected --suite ranking, received no suite. Pass it.');
      }
      await runSuite(flags, streams);
    });
}
