import { existsSync } from 'node:fs';
import { readResponseTable } from '@rppkit/search/node';
import { readFileLines } from '../run-folder/file-lines.ts';

/** Answers that the table at `path` and its journal hold already. Rejects with `ResponseTableError` for a damaged table. */
export async function countRecorded(path: string): Promise<number> {
  const answers = existsSync(path) ? (await readResponseTable(path)).manifest.answers : 0;
  const journal = `${path}.journal`;
  if (!existsSync(journal)) return answers;
  let lines = 0;
  for (const _line of readFileLines(journal)) lines++;
  // Its first line says what is recorded.
  return answers + Math.max(0, lines - 1);
}
