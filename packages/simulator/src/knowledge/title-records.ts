import type { InteractionLog } from '@rppkit/datasets';

/** Which titles each user chose, each title once: a binary matrix in compressed rows. */
export interface TitleRecords {
  readonly titles: number;
  /** Row u holds `title[starts[u]]` to, not including, `title[starts[u + 1]]`. `Int32Array [users + 1]`. */
  readonly starts: Int32Array;
  /** Numbers of titles in [0, titles), ascending within a row. */
  readonly title: Int32Array;
  /** How many users chose each title, `Int32Array [titles]`. */
  readonly counts: Int32Array;
}

/**
 * The records of the users whose entry of `counted` (`Uint8Array [log.users]`) is 1, in the order of the log; nothing is read
 * of the others' rows but whose they are. `titleOf [log.items]` numbers the titles.
 */
export function createTitleRecords(log: InteractionLog, counted: Uint8Array, titleOf: Int32Array): TitleRecords {
  const rows: (number[] | undefined)[] = Array.from(counted, (own) => (own === 1 ? [] : undefined));
  for (let row = 0; row < log.user.length; row++) rows[log.user[row]!]?.push(titleOf[log.item[row]!]!);
  const titles = titleOf.reduce((most, title) => Math.max(most, title + 1), 0);
  const counts = new Int32Array(titles);
  const starts = [0];
  const title: number[] = [];
  for (const row of rows) {
    if (row === undefined || row.length === 0) continue;
    for (const own of Int32Array.from(new Set(row)).sort()) {
      title.push(own);
      counts[own]! += 1;
    }
    starts.push(title.length);
  }
  return { titles, starts: Int32Array.from(starts), title: Int32Array.from(title), counts };
}
