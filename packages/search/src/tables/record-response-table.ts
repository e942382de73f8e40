import { askRankings, type RankingAnswer, type RankingRequest } from '@rppkit/env';
import type { PatternSpace } from '@rppkit/patterns';
import type { RankingTask, TextModel } from '@rppkit/spec';
import { countEntries } from './count-entries.ts';
import { createTable, type TableExtent } from './create-table.ts';
import { createLegalActions, type LegalActions } from './legal-actions.ts';
import type { ResponseJournal } from './response-journal.ts';
import { computeEntriesPerTask, isRewarded, type ResponseTable, type ResponseTableManifest } from './response-table.ts';
import { ResponseTableError } from './response-table-error.ts';
import { createTableEntry, isAnswerEntry, setTableEntry } from './table-entry.ts';

/** Of different prompts; failed ones are among `done`. */
export interface RecordingProgress {
  readonly done: number;
  readonly calls: number;
  readonly failed: number;
}

export interface RecordResponseTableOptions extends TableExtent {
  /** Requests under way at a time, a positive integer; default 64. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  /** Called after each answer and each failed call. */
  readonly onProgress?: (progress: RecordingProgress) => void;
  /** Default: answers are kept nowhere but in the table. */
  readonly journal?: ResponseJournal;
}

/** Requests that are made up at a time; with many more than `concurrency` hardly a call waits for the last of them. */
const chunkSize = 16_384;

/**
 * Asks every recorded joint action for every task, in every order and draw, and resolves with the answers. Actions that
 * come to the same legal prompt for a task are asked once. The model may be wrapped (budget, store, retries); failed calls,
 * also those that a spent budget refused, leave entries with their reason, which a recording with the same journal asks
 * again. Tokens are kept as whole numbers. Labels are not needed: rewards are computed from the rankings.
 *
 * Rejects with the reason of its signal, with what `askRankings` rejects with (a rejected key), with what the journal throws,
 * and with `ResponseTableError` where it gives what is no answer of this table. Throws `InvalidArgumentError` for a model that
 * counts tokens which are no numbers, options outside their ranges, no tasks, two tasks of one id, a task without
 * candidates or with more than 255, and a table whose rankings would take 2 GiB.
 */
export async function recordResponseTable(
  tasks: readonly RankingTask[],
  space: PatternSpace,
  model: TextModel,
  { concurrency = 64, signal, onProgress, journal, ...extent }: RecordResponseTableOptions = {},
): Promise<ResponseTable> {
  signal?.throwIfAborted();
  const table = createTable(tasks, space, model, extent);
  const computeLegal = createLegalActions(space, table.actions);
  const legal = tasks.map(computeLegal);
  for (const entry of (await journal?.open(table.manifest)) ?? []) {
    if (!isAnswerEntry(entry, table.manifest)) throw createEntryError(entry);
    setTableEntry(table, entry);
  }

  const prompts = listPrompts(table, legal);
  const pending = prompts.filter((index) => table.statuses[index] === 0);
  let done = prompts.length - pending.length;
  let failed = 0;
  let ended = false;
  const keep = (answer: RankingAnswer, index: number): void => {
    // An answer that arrives after the recording was given up has no journal any more.
    if (ended) return;
    const entry = createTableEntry(answer, index);
    setTableEntry(table, entry);
    if (answer.outcome === 'failed') failed++;
    else journal?.append(entry);
    done++;
    onProgress?.({ done, calls: prompts.length, failed });
  };
  try {
    for (let start = 0; start < pending.length; start += chunkSize) {
      const chunk = pending.subarray(start, start + chunkSize);
      const requests = Array.from(chunk, (index) => createRequest(table, { tasks, legal, index }));
      await askRankings(requests, {
        space,
        model,
        concurrency,
        ...(signal !== undefined && { signal }),
        onAnswer: (answer, place) => keep(answer, chunk[place]!),
      });
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    ended = true;
  }
  const totals = countAnswers(table, prompts);
  copySharedPrompts(table, legal);
  return { ...table, manifest: { ...table.manifest, ...totals, entries: countEntries(table) } };
}

function createEntryError(entry: unknown): ResponseTableError {
  return new ResponseTableError(
    'malformed-journal',
    `Expected a journal to keep answers of this recording, received ${JSON.stringify(entry)?.slice(0, 100)}. Give back what append was given.`,
  );
}

/** Indices of the entries that stand for themselves, not for an action that comes to the same prompt. */
function listPrompts({ manifest }: ResponseTable, legal: readonly LegalActions[]): Int32Array {
  const perAction = manifest.orders * manifest.draws;
  const perTask = computeEntriesPerTask(manifest);
  const prompts = new Int32Array(legal.reduce((sum, { places }) => sum + places.size * perAction, 0));
  let count = 0;
  for (const [task, { firsts }] of legal.entries()) {
    for (let place = 0; place < firsts.length; place++) {
      if (firsts[place] !== place) continue;
      const start = task * perTask + place * perAction;
      for (let draw = 0; draw < perAction; draw++) prompts[count++] = start + draw;
    }
  }
  return prompts;
}

function createRequest(
  { manifest: { actions, orders, draws } }: ResponseTable,
  {
    tasks,
    legal,
    index,
  }: { readonly tasks: readonly RankingTask[]; readonly legal: readonly LegalActions[]; readonly index: number },
): RankingRequest {
  const sampleIndex = index % draws;
  const inOrders = Math.floor(index / draws);
  const inActions = Math.floor(inOrders / orders);
  const task = Math.floor(inActions / actions.length);
  const choice = legal[task]!.choices[inActions % actions.length]!;
  return { task: tasks[task]!, choice, orderIndex: inOrders % orders, sampleIndex };
}

function copySharedPrompts(
  { manifest, statuses, inputTokens, outputTokens, rankings, places }: ResponseTable,
  legal: readonly LegalActions[],
): void {
  const perAction = manifest.orders * manifest.draws;
  const perTask = computeEntriesPerTask(manifest);
  for (const [task, { firsts }] of legal.entries()) {
    for (let place = 0; place < firsts.length; place++) {
      const first = firsts[place]!;
      if (first === place) continue;
      const to = task * perTask + place * perAction;
      const from = task * perTask + first * perAction;
      for (const array of [statuses, inputTokens, outputTokens]) array.copyWithin(to, from, from + perAction);
      rankings.copyWithin(to * places, from * places, (from + perAction) * places);
    }
  }
}

function countAnswers(
  { statuses, inputTokens, outputTokens }: ResponseTable,
  prompts: Int32Array,
): Pick<ResponseTableManifest, 'answers' | 'inputTokens' | 'outputTokens'> {
  const totals = { answers: 0, inputTokens: 0, outputTokens: 0 };
  for (const index of prompts) {
    if (!isRewarded(statuses[index]!)) continue;
    totals.answers++;
    totals.inputTokens += inputTokens[index]!;
    totals.outputTokens += outputTokens[index]!;
  }
  return totals;
}
