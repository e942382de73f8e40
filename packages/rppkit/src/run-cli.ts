import type { CatalogueEntry } from '@rppkit/datasets/node';
import { RppError, TextModelError } from '@rppkit/spec';
import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { addCompareCommand } from './commands/compare.ts';
import { addConfigCommand } from './commands/config/config.ts';
import { addDataCommand } from './commands/data/data.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addEvaluateCommand } from './commands/evaluate.ts';
import { addHeadroomCommand } from './commands/headroom.ts';
import { addInitCommand } from './commands/init.ts';
import { addPersonalizeCommand } from './commands/personalize.ts';
import { addReportCommand } from './commands/report.ts';
import { addRunsCommand } from './commands/runs/runs.ts';
import { addSimulateServerCommand } from './commands/simulate-server.ts';
import { addTableCommand } from './commands/table/table.ts';
import { addTrainCommand } from './commands/train.ts';
import { explainInFlags } from './data/explain-in-flags.ts';
import type { TextStream } from './terminal/progress.ts';
import { InterruptedError, UsageError } from './usage-error.ts';

/** Where the command line writes: results to `stdout`, progress and errors to `stderr`. */
export interface CliStreams {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
}

interface CliOptions {
  /** What `rppkit data fetch` knows; default `datasetCatalogue` of `@rppkit/datasets/node`. */
  readonly catalogue?: readonly CatalogueEntry[];
}

/**
 * Runs the command line and resolves with its exit code: 0 done, 1 failed, 2 the command cannot be carried out as given,
 * 3 interrupted. Errors are one or two lines; `--debug` adds the stack.
 */
export async function runCli(
  args: readonly string[],
  streams: CliStreams,
  { catalogue }: CliOptions = {},
): Promise<number> {
  const program = new Command('rppkit')
    .description(
      'Find, learn and serve the prompt that makes your LLM rank best for each user, and see whether it pays.',
    )
    .version(manifest.version)
    .option('--debug', 'show the stack of an error')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed, 2 it cannot be done as given, 3 interrupted.

Examples:
  rppkit demo
  rppkit init my-project
  rppkit train --data data/ml-100k.zip --model openai:gpt-4o-mini`,
    )
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
      outputError: (text, write) =>
        write(text.replace(/^error: (.)/, (_, first: string) => `Error: ${first.toUpperCase()}`)),
    });
  addDemoCommand(program, streams);
  addInitCommand(program, streams);
  addHeadroomCommand(program, streams);
  addTableCommand(program, streams);
  addTrainCommand(program, streams);
  addEvaluateCommand(program, streams);
  addCompareCommand(program, streams);
  addPersonalizeCommand(program, streams);
  addReportCommand(program, streams);
  addRunsCommand(program, streams);
  addSimulateServerCommand(program, streams);
  addDoctorCommand(program, streams);
  addDataCommand(program, streams, catalogue);
  addConfigCommand(program, streams);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has printed its message by now; its own code for wrong usage is 1.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { writeMessage } = await import('./terminal/write-message.ts');
    writeMessage(streams.stderr, `Error: ${describeError(error)}`);
    if (args.includes('--debug') && error instanceof Error) streams.stderr.write(`${error.stack}\n`);
    return getExitCode(error);
  }
}

/** What the packages below say of data and arguments, in the words of the command line. */
function describeError(error: unknown): string {
  if (RppError.isInstance(error) && ['DATASET', 'DATASET_FETCH', 'INVALID_ARGUMENT'].includes(error.code)) {
    return explainInFlags(error.message);
  }
  return error instanceof Error ? error.message : String(error);
}

function getExitCode(error: unknown): number {
  if (error instanceof InterruptedError) return 3;
  if (error instanceof UsageError) return 2;
  if (TextModelError.isInstance(error) && error.failure === 'authentication') return 2;
  return RppError.isInstance(error) && ['DATASET', 'INVALID_ARGUMENT'].includes(error.code) ? 2 : 1;
}
