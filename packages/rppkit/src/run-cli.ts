import { DatasetError } from '@rppkit/datasets';
import { RppError, TextModelError } from '@rppkit/spec';
import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { addDataCommand } from './commands/data/data.ts';
import { addDemoCommand } from './commands/demo.ts';
import { addEvaluateCommand } from './commands/evaluate.ts';
import { addPersonalizeCommand } from './commands/personalize.ts';
import { addTrainCommand } from './commands/train.ts';
import type { TextStream } from './terminal/progress.ts';
import { InterruptedError, UsageError } from './usage-error.ts';

/** Where the command line writes: results to `stdout`, progress and errors to `stderr`. */
export interface CliStreams {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
}

/**
 * Runs the command line and resolves with its exit code: 0 done, 1 failed, 2 the command cannot be carried out as given,
 * 3 interrupted. Errors are one or two lines; `--debug` adds the stack.
 */
export async function runCli(args: readonly string[], streams: CliStreams): Promise<number> {
  const program = new Command('rppkit')
    .description(
      'Find, learn and serve the prompt that makes your LLM rank best for each user, and see whether it pays.',
    )
    .version(manifest.version)
    .option('--debug', 'show the stack of an error')
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
      outputError: (text, write) =>
        write(text.replace(/^error: (.)/, (_, first: string) => `Error: ${first.toUpperCase()}`)),
    });
  addDemoCommand(program, streams);
  addTrainCommand(program, streams);
  addEvaluateCommand(program, streams);
  addPersonalizeCommand(program, streams);
  addDataCommand(program, streams);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has printed its message by now; its own code for wrong usage is 1.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    streams.stderr.write(`Error: ${error instanceof Error ? error.message : String(error)}\n`);
    if (args.includes('--debug') && error instanceof Error) streams.stderr.write(`${error.stack}\n`);
    return getExitCode(error);
  }
}

function getExitCode(error: unknown): number {
  if (error instanceof InterruptedError) return 3;
  if (error instanceof UsageError || error instanceof DatasetError) return 2;
  if (TextModelError.isInstance(error) && error.failure === 'authentication') return 2;
  return RppError.isInstance(error) && error.code === 'INVALID_ARGUMENT' ? 2 : 1;
}
