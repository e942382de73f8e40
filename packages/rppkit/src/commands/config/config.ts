import type { Command } from 'commander';
import type { CliStreams } from '../../run-cli.ts';
import { addExplainCommand } from './explain.ts';
import { addSchemaCommand } from './schema.ts';

/** `rppkit config …`: what a configuration holds. */
export function addConfigCommand(program: Command, streams: CliStreams): void {
  const config = program
    .command('config')
    .description('explain the configuration of an experiment, or print its schema')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 2 a configuration that cannot be used.

Examples:
  rppkit config explain
  rppkit config schema > schema.json`,
    );
  addExplainCommand(config, streams);
  addSchemaCommand(config, streams);
}
