import type { DataFlags } from '../../data/data-flags.ts';
import type { LoadedData } from '../../data/load-data.ts';
import { resolveFiles } from '../../data/resolve-data.ts';
import { renderSkippedLines } from '../../data/skipped-lines.ts';
import type { TextStream } from '../../terminal/progress.ts';

/** Reads the data set at a path as the flags say; lines that were left out are reported on `stderr`. */
export async function openData(path: string, flags: DataFlags, stderr: TextStream): Promise<LoadedData> {
  const config = await resolveFiles(path, 'PATH to be', flags);
  const { loadFiles } = await import('../../data/load-data.ts');
  const loaded = await loadFiles(config);
  const { writeMessage } = await import('../../terminal/write-message.ts');
  for (const line of renderSkippedLines(loaded.skipped)) writeMessage(stderr, line);
  return loaded;
}
