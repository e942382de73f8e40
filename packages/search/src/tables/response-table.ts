import type { PatternSpace } from '@rppkit/patterns';
import type { InvalidReason, TextModelFailure } from '@rppkit/spec';

/**
 * What came of an entry. `ranked`: an answer with a complete or partial ranking. `invalid`: one without a usable ranking.
 * `refused`: no answer because of the prompt. `failed`: no answer, which says nothing about the prompt. `not-asked`: yet
 * to be asked.
 */
export type EntryStatus =
  | 'not-asked'
  | 'ranked'
  | `invalid:${InvalidReason}`
  | 'refused:context-length'
  | 'refused:content-filter'
  | `failed:${Exclude<TextModelFailure, 'context-length' | 'content-filter' | 'authentication' | 'aborted'>}`;

/** The place of a status in this list is its code in `ResponseTable.statuses`; part of the file format. */
export const entryStatuses: readonly EntryStatus[] = [
  'not-asked',
  'ranked',
  'invalid:empty',
  'invalid:refusal',
  'invalid:no-list',
  'invalid:wrong-language',
  'invalid:truncated',
  'invalid:context-length',
  'invalid:content-filter',
  'refused:context-length',
  'refused:content-filter',
  'failed:rate-limit',
  'failed:server',
  'failed:network',
  'failed:timeout',
  'failed:bad-request',
  'failed:budget',
];

/** The code of `ranked`. */
export const rankedCode = 1;

/** What fills a ranking behind its last candidate; so tasks have at most 255 candidates. */
export const noCandidate = 255;

const firstFailure: number = entryStatuses.indexOf('failed:rate-limit');

/** Whether an entry with this code holds an outcome that is rewarded: ranked, invalid or refused. */
export function isRewarded(code: number): boolean {
  return code > 0 && code < firstFailure;
}

/** What a table knows of a task: no titles, and no labels. */
export interface TableTask {
  readonly id: string;
  /** How many candidates it has, 1 … 255. */
  readonly candidates: number;
  /** Of its history, its candidates and its examples where it has any, eight hexadecimal digits (CRC-32). */
  readonly checksum: string;
}

/** What was recorded, and what it took. */
export interface ResponseTableManifest {
  readonly format: 'rppkit-response-table';
  readonly version: 1;
  /** Id of the model with its parameters. */
  readonly model: string;
  readonly space: PatternSpace;
  /** Of the space, eight hexadecimal digits (CRC-32). */
  readonly spaceChecksum: string;
  /** Numbers of the recorded joint actions, rising; see `decodeJointAction`. */
  readonly actions: readonly number[];
  /** Candidate orders 0 … orders-1, at least 1. */
  readonly orders: number;
  /** Draws of each prompt in each order, sample indices 0 … draws-1, at least 1. */
  readonly draws: number;
  /** In the order of the entries. */
  readonly tasks: readonly TableTask[];
  /** Entries by outcome; they sum to tasks x actions x orders x draws. */
  readonly entries: Readonly<Record<'ranked' | 'invalid' | 'refused' | 'failed' | 'notAsked', number>>;
  /** Different prompts with an outcome that is rewarded; fewer than entries where actions come to the same prompt. */
  readonly answers: number;
  /** Of those answers, each counted once. */
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/**
 * The answers of a model to every recorded joint action for every task. Entry (task, action, order, draw) has the index
 * ((task * actions + action) * orders + order) * draws + draw, `action` being a place in `actions`. Where the window of an
 * action is longer than a task's history, the entry holds the answer to the longest legal window.
 */
export interface ResponseTable {
  readonly manifest: ResponseTableManifest;
  /** `Int32Array [actions]`, as in the manifest. */
  readonly actions: Int32Array;
  /** Bytes of a ranking: the candidates of the task that has most. */
  readonly places: number;
  /** Places in `entryStatuses`, `Uint8Array [entries]`. */
  readonly statuses: Uint8Array;
  /** `Uint32Array [entries]`; 0 where there was no answer. */
  readonly inputTokens: Uint32Array;
  /** `Uint32Array [entries]`; 0 where there was no answer. */
  readonly outputTokens: Uint32Array;
  /** Indices of the task's own candidates, best first, 255 behind the last, `Uint8Array [entries, places]`. */
  readonly rankings: Uint8Array;
}

/** The number of entries of each task: actions x orders x draws. */
export function computeEntriesPerTask({
  actions,
  orders,
  draws,
}: Pick<ResponseTableManifest, 'actions' | 'orders' | 'draws'>): number {
  return actions.length * orders * draws;
}

/** The ranking of an entry, a new `Int32Array`; empty unless `ranked`. */
export function getEntryRanking({ rankings, places }: ResponseTable, index: number): Int32Array {
  const start = index * places;
  let length = 0;
  while (length < places && rankings[start + length] !== noCandidate) length++;
  const ranking = new Int32Array(length);
  for (let place = 0; place < length; place++) ranking[place] = rankings[start + place]!;
  return ranking;
}
