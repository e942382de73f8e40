import { RppError } from '@rppkit/spec';
import type { BenchMode } from './bench.ts';

/** The command line or a file that steers the harness is wrong: exit code 2, one line. */
export class UsageError extends RppError {
  constructor(message: string) {
    super('USAGE', message);
  }
}

export interface BenchCommand {
  readonly mode: BenchMode;
  /** Undefined: every bench. */
  readonly name: string | undefined;
}

const flags: ReadonlyMap<string, BenchMode> = new Map([
  ['--quick', 'quick'],
  ['--check', 'check'],
  ['--full', 'full'],
]);

/** Reads `NAME [--quick|--check|--full]`. Without a flag the mode is `full`; without a name all benches run. */
export function parseCommand(argv: readonly string[], names: readonly string[]): BenchCommand {
  const modes = argv.filter((argument) => argument.startsWith('-'));
  const given = argv.filter((argument) => !argument.startsWith('-'));
  const unknown = modes.find((flag) => !flags.has(flag));
  if (unknown !== undefined) throw new UsageError(`Expected --quick, --check or --full, received ${unknown}.`);
  if (modes.length > 1)
    throw new UsageError(`Expected one of --quick, --check and --full, received ${modes.join(' ')}.`);
  if (given.length > 1)
    throw new UsageError(`Expected one bench, received ${given.join(' ')}. Run them one after the other.`);
  const mode = flags.get(modes[0] ?? '--full')!;
  const name = given[0];
  const list = names.join(', ');
  if (name === undefined && mode === 'full')
    throw new UsageError(`Expected a bench, received none. Pass one of: ${list}.`);
  if (name !== undefined && !names.includes(name))
    throw new UsageError(`Expected one of the benches ${list}, received ${name}.`);
  return { mode, name };
}
