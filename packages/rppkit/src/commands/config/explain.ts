import type { Command } from 'commander';
import type { CliStreams } from '../../run-cli.ts';
import { addExperimentFlags, type ExperimentFlags } from '../experiment-flags.ts';
import { addJsonOption } from '../options.ts';

interface ExplainFlags extends ExperimentFlags {
  readonly json?: boolean;
}

/** `rppkit config explain`: every field of the experiment that `rppkit train` would run with the same flags. */
export function addExplainCommand(config: Command, { stdout }: CliStreams): void {
  const command = config
    .command('explain')
    .description('print every field that train would use with the same flags, where its value is from, what it means')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 2 train could not use it, either.

Examples:
  rppkit config explain
  rppkit config explain --data books.csv --order column --seed 2
  rppkit config explain --json | jq '.fields[] | select(.from == "flag")'`,
    );
  addJsonOption(addExperimentFlags(command)).action(async ({ json, ...flags }: ExplainFlags) => {
    const { resolveConfig } = await import('../../configuration/resolve-config.ts');
    const { explainConfig } = await import('../../configuration/explain-config.ts');
    const resolved = await resolveConfig(flags);
    const fields = explainConfig(resolved);
    if (json) {
      const described = fields.map(({ field, value = null, origin, meaning }) => ({
        field,
        value,
        ...origin,
        meaning,
      }));
      stdout.write(`${JSON.stringify({ file: resolved.file ?? null, fields: described }, null, 2)}\n`);
      return;
    }
    const { renderExplanation } = await import('./render-explanation.ts');
    stdout.write(`${renderExplanation(fields, resolved.file)}\n`);
  });
}
