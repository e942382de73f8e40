import type { z } from 'zod';
import { readChecked } from '../run-folder/checked-files.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import { UsageError } from '../usage-error.ts';

/** What helps where a file is damaged that the suite makes again by itself. */
export const removalAdvice = 'Remove it: what it held is made again, and no stored answer is asked for again.';

/** A file of a suite's folder, checked. Throws `UsageError` with `advice` for one that is damaged or of another schema version. */
export function readSuiteFile<Value>(folder: RunFolder, file: string, schema: z.ZodType<Value>, advice: string): Value {
  const read = readChecked(folder.resolve(file), schema);
  if ('value' in read) return read.value;
  throw createSuiteFileError(folder, file, read.problem, advice);
}

/** The error of a file that the suite cannot use. */
export function createSuiteFileError(folder: RunFolder, file: string, problem: string, advice: string): UsageError {
  return new UsageError(
    `Expected a file of the suite that can be read, received ${folder.resolve(file)}: ${problem}. ${advice}`,
  );
}
