import { isAbsolute, relative } from 'node:path';
import { type Command, InvalidArgumentError as CommanderArgumentError } from 'commander';

/** A command line parser for integers of at least `least`. */
export function parseInteger(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isSafeInteger(value) || value < least || text.trim() === '') {
      throw new CommanderArgumentError(`Expected an integer of at least ${least}.`);
    }
    return value;
  };
}

/** A command line parser for numbers in [low, high]. */
export function parseNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!(value >= low && value <= high) || text.trim() === '')
      throw new CommanderArgumentError(`Expected a number in [${low}, ${high}].`);
    return value;
  };
}

/** A command line parser for names with commas between them; blanks around a name do not count. */
export function parseNames(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

/** Paths in run folders are relative, so that a folder can be handed on without telling where it was made. */
export function makeRelative(path: string): string {
  return isAbsolute(path) ? relative(process.cwd(), path) || '.' : path;
}

/**
 * The command as typed; options that hold paths have made them relative. `as` names another command that has the same options,
 * but for those that `without` lists.
 */
export function describeCommand(
  command: Command,
  { as = command.name(), without = [] }: { readonly as?: string; readonly without?: readonly string[] } = {},
): string {
  const parts = [as];
  for (const option of command.options) {
    if (without.includes(option.long!)) continue;
    const source = command.getOptionValueSource(option.attributeName());
    const value: unknown = command.getOptionValue(option.attributeName());
    if (source !== 'cli') continue;
    if (typeof value === 'boolean') {
      // Of --plus and --no-plus, which set the same value, one was typed.
      if (value !== option.negate) parts.push(option.long!);
      continue;
    }
    const text = String(value);
    parts.push(option.long!, /^[\w@%+=:,./-]+$/.test(text) ? text : JSON.stringify(text));
  }
  return `rppkit ${parts.join(' ')}`;
}

/** `--json`, which every command with results has. */
export function addJsonOption(command: Command): Command {
  return command.option('--json', 'print the results as JSON');
}

/** `--runs`, which every command that touches run folders has. */
export function addRunsOption(command: Command): Command {
  return command.option('--runs <folder>', 'folder that holds the run folders', makeRelative, 'runs');
}
