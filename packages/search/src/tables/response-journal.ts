import type { ResponseTableManifest } from './response-table.ts';
import type { TableEntry } from './table-entry.ts';

/** Where a recording keeps answers as they arrive, so that one that was stopped can go on. */
export interface ResponseJournal {
  /**
   * Called once, before the first call, with what is about to be recorded. Gives the answers that were kept before; they
   * are not asked again. Rejects where it belongs to another recording.
   */
  open(manifest: ResponseTableManifest): Promise<Iterable<TableEntry>>;
  /** Called with each answer as it arrives; never with a failed call. What it throws ends the recording. */
  append(entry: TableEntry): void;
}
