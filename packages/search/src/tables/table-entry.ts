import type { RankingAnswer } from '@rppkit/env';
import { type EntryStatus, entryStatuses, getEntryRanking, noCandidate, type ResponseTable } from './response-table.ts';

/** One entry as a value. */
export interface TableEntry {
  /** In [0, entries). */
  readonly index: number;
  readonly status: EntryStatus;
  /** Of the prompt; 0 where there was no answer. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Indices of the task's own candidates, best first, maybe not all; empty unless `ranked`. */
  readonly ranking: Int32Array;
}

/** An entry as a value. */
export function getTableEntry(table: ResponseTable, index: number): TableEntry {
  return {
    index,
    status: entryStatuses[table.statuses[index]!]!,
    inputTokens: table.inputTokens[index]!,
    outputTokens: table.outputTokens[index]!,
    ranking: getEntryRanking(table, index),
  };
}

/** The entry that an answer fills; tokens are rounded to whole numbers. */
export function createTableEntry(answer: RankingAnswer, index: number): TableEntry {
  if (answer.outcome === 'failed') {
    const status = `failed:${answer.failure}` as EntryStatus;
    return { index, status, inputTokens: 0, outputTokens: 0, ranking: new Int32Array(0) };
  }
  const { parsed, ranking, usage } = answer;
  return {
    index,
    status: readStatus(answer.outcome, parsed),
    inputTokens: Math.round(usage.inputTokens),
    outputTokens: Math.round(usage.outputTokens),
    ranking,
  };
}

function readStatus(
  outcome: 'answered' | 'refused',
  parsed: Extract<RankingAnswer, { readonly outcome: 'answered' | 'refused' }>['parsed'],
): EntryStatus {
  if (parsed.kind !== 'invalid') return 'ranked';
  return outcome === 'answered' ? `invalid:${parsed.reason}` : (`refused:${parsed.reason}` as EntryStatus);
}

const codes: ReadonlyMap<EntryStatus, number> = new Map(entryStatuses.map((status, code) => [status, code]));

/** Writes an entry into its table. */
export function setTableEntry(
  table: ResponseTable,
  { index, status, inputTokens, outputTokens, ranking }: TableEntry,
): void {
  table.statuses[index] = codes.get(status)!;
  table.inputTokens[index] = inputTokens;
  table.outputTokens[index] = outputTokens;
  const start = index * table.places;
  table.rankings.fill(noCandidate, start, start + table.places);
  for (let place = 0; place < ranking.length; place++) table.rankings[start + place] = ranking[place]!;
}
