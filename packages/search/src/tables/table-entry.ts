import type { RankingAnswer } from '@rppkit/env';
import { InvalidArgumentError, type TextUsage } from '@rppkit/spec';
import {
  computeEntriesPerTask,
  type EntryStatus,
  entryStatuses,
  getEntryRanking,
  isRewarded,
  noCandidate,
  type ResponseTable,
  type ResponseTableManifest,
} from './response-table.ts';

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

/**
 * The entry that an answer fills; tokens are rounded to whole numbers. Throws `InvalidArgumentError` for tokens that are no
 * numbers.
 */
export function createTableEntry(answer: RankingAnswer, index: number): TableEntry {
  if (answer.outcome === 'failed') {
    const status = `failed:${answer.failure}` as EntryStatus;
    return { index, status, inputTokens: 0, outputTokens: 0, ranking: new Int32Array(0) };
  }
  const { parsed, ranking, usage } = answer;
  return {
    index,
    status: readStatus(answer.outcome, parsed),
    inputTokens: roundTokens(usage, 'inputTokens'),
    outputTokens: roundTokens(usage, 'outputTokens'),
    ranking,
  };
}

function roundTokens(usage: TextUsage, name: 'inputTokens' | 'outputTokens'): number {
  const tokens = Math.round(usage[name]);
  if (isTokenCount(tokens)) return tokens;
  throw new InvalidArgumentError(`${name} of the model's usage`, 'a number of at least 0', usage[name]);
}

/** Whether a value is an answer that can stand in the table of a manifest. */
export function isAnswerEntry(value: unknown, manifest: ResponseTableManifest): value is TableEntry {
  const { index, status, inputTokens, outputTokens, ranking } = (value ?? {}) as Partial<TableEntry>;
  if (!isCount(index) || !isTokenCount(inputTokens) || !isTokenCount(outputTokens)) return false;
  const task = manifest.tasks[Math.floor(index / computeEntriesPerTask(manifest))];
  if (task === undefined || !isRewarded(entryStatuses.indexOf(status!)) || !isList(ranking)) return false;
  if (status !== 'ranked') return ranking.length === 0;
  const candidates = new Set<number>(ranking);
  return candidates.size === ranking.length && [...candidates].every((item) => isCount(item) && item < task.candidates);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Tokens are kept in 32 bits. */
function isTokenCount(value: unknown): value is number {
  return isCount(value) && value < 2 ** 32;
}

function isList(value: unknown): value is Int32Array {
  return Array.isArray(value) || value instanceof Int32Array;
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
