import type { Command } from 'commander';
import type { CliStreams } from '../../run-cli.ts';

/** `rppkit config schema`: the JSON Schema of a configuration file. */
export function addSchemaCommand(config: Command, { stdout }: CliStreams): void {
  config
    .command('schema')
    .description('print the JSON Schema of a configuration file, for "$schema" in rppkit.config.json')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 2 wrong flags.

Example:
  rppkit config schema > schema.json`,
    )
    .action(async () => {
      const { createConfigSchema } = await import('../../configuration/create-config-schema.ts');
      stdout.write(`${JSON.stringify(createConfigSchema(), null, 2)}\n`);
    });
}
