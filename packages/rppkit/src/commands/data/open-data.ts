import type { DataFlags } from '../../data/data-flags.ts';
import { type LoadedData, loadFiles } from '../../data/load-data.ts';
import { resolveFiles } from '../../data/resolve-data.ts';
import { renderSkippedLines } from '../../data/skipped-lines.ts';
import type { TextStream } from '../../terminal/progress.ts';

/** Reads the data set at a path as the flags say; lines that were left out are reported on `stderr`. */
export async function openData(path: string, flags: DataFlags, stderr: TextStream): Promise<LoadedData> {
  const loaded = await loadFiles(resolveFiles(path, 'PATH to be', flags));
  for (const line of renderSkippedLines(loaded.skipped)) stderr.write(`${line}\n`);
  return loaded;
}
