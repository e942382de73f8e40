import { describeValue } from '@rppkit/spec';
import { DatasetError } from '../dataset-error.ts';
import type { DataFile } from '../files/data-file.ts';
import { readLines } from '../files/read-lines.ts';
import { type ReadOptions, refuseLine } from '../files/read-options.ts';
import type { TakeRecord } from './record-source.ts';

/**
 * Hands the objects of a file with one a line to `takeRecord`, read as a stream. `parse` turns a line into a value and throws
 * where it cannot; default: JSON. Throws `DatasetError` with file and line for a line that holds no object, and as
 * `readLines` does.
 */
export async function readJsonRecords(
  file: DataFile,
  options: ReadOptions,
  takeRecord: TakeRecord,
  parse: (line: string) => unknown = JSON.parse,
): Promise<void> {
  for await (const { text, line } of readLines(file, options)) {
    const { value, cause } = parseRecord(text, parse);
    if (value !== undefined) {
      takeRecord(line, (path) => getPath(value, path));
      continue;
    }
    const isList = text.trimStart().startsWith('[');
    const error = new DatasetError(file.name, 'a JSON object', describeValue(text), {
      line,
      ...(isList && { advice: 'Write each object of the list into a line of its own.' }),
      cause,
    });
    refuseLine(error, options);
  }
}

function parseRecord(text: string, parse: (line: string) => unknown): { value?: object; cause?: unknown } {
  try {
    const value = parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { value } : {};
  } catch (cause) {
    return { cause };
  }
}

/** The field of that name, or else the one that names separated by points lead to. */
function getPath(record: object, path: string): unknown {
  if (Object.hasOwn(record, path)) return (record as Record<string, unknown>)[path];
  if (!path.includes('.')) return undefined;
  let value: unknown = record;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
