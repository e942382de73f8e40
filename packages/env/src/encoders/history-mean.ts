import type { EmbeddingTable, HistoryEntry, RankingTask } from '@rppkit/spec';

/** The mean vector of the entries that a table knows. */
export interface HistoryMean {
  /** `Float32Array [dimensions]`; undefined where no entry is known. */
  readonly vector: Float32Array | undefined;
  /** Known entries as a share of all, in [0, 1]; 0 for an empty history. */
  readonly known: number;
}

/** Each entry weighs `decay` times the one after it; entries that the table does not know are left out. */
export function computeHistoryMean(
  history: readonly HistoryEntry[],
  table: EmbeddingTable,
  decay: number,
): HistoryMean {
  const sums = new Float64Array(table.dimensions);
  let known = 0;
  let total = 0;
  // The last known entry weighs 1, so that weights never all vanish in a long history.
  let weight = 1;
  for (let index = history.length - 1; index >= 0; index--) {
    if (known > 0) weight *= decay;
    const vector = table.get(history[index]!.item.id);
    if (vector === undefined) continue;
    known++;
    total += weight;
    for (let place = 0; place < sums.length; place++) sums[place]! += weight * vector[place]!;
  }
  if (known === 0) return { vector: undefined, known: 0 };
  const vector = new Float32Array(sums.length);
  for (let place = 0; place < sums.length; place++) vector[place] = sums[place]! / total;
  return { vector, known: known / history.length };
}

/** Ids of the items of the histories, repeats included, then the further ids. */
export function* listHistoryItems(tasks: readonly RankingTask[], further: Iterable<string>): Iterable<string> {
  for (const { history } of tasks) for (const { item } of history) yield item.id;
  yield* further;
}
