import { InvalidArgumentError } from '@rppkit/spec';
import { TrecFormatError } from './trec-format-error.ts';

export interface TrecLine {
  /** From 1. */
  readonly number: number;
  readonly columns: readonly string[];
}

/**
 * Splits a TREC file into its lines and their columns, which blanks and tabs separate; empty lines, a byte order mark and
 * carriage returns before line ends are skipped. Throws `TrecFormatError` for another number of columns or no line.
 */
export function splitTrecLines(text: string, columns: readonly string[]): readonly TrecLine[] {
  const lines: TrecLine[] = [];
  text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .forEach((line, index) => {
      const found = line.split(/[ \t\r]+/).filter((column) => column !== '');
      if (found.length === 0) return;
      if (found.length !== columns.length) {
        throw new TrecFormatError(index + 1, `${columns.length} columns (${columns.join(' ')})`, line);
      }
      lines.push({ number: index + 1, columns: found });
    });
  if (lines.length === 0) throw new TrecFormatError(1, `${columns.length} columns (${columns.join(' ')})`, '');
  return lines;
}

/** Throws `InvalidArgumentError` for a text that cannot stand in a column: an empty one, or one with white space. */
export function assertColumn(argument: string, text: string): void {
  if (/^\S+$/.test(text)) return;
  throw new InvalidArgumentError(argument, 'a text without white space, not empty', text, 'Rename it for TREC files.');
}

/** A record for names from a file: without inherited names, so that no topic or document can be taken for one. */
export function createRecord<Value>(): Record<string, Value> {
  return Object.create(null) as Record<string, Value>;
}
