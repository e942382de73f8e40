import { readFileSync, writeFileSync } from 'node:fs';
import type { Hyperparameters } from '@rppkit/recommenders';

/** What the search found for one recommender. */
export interface TunedModel {
  /** With `epochs` where the algorithm has any. */
  readonly parameters: Hyperparameters;
  /** Mean NDCG@10 of three validation items a user. */
  readonly validation: number;
  /** That of every trial, the defaults first. */
  readonly trials: readonly number[];
}

const path = new URL('tuned.json', import.meta.url);

/** By name of the recommender. */
export function readTuned(): Readonly<Record<string, TunedModel>> {
  return JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, TunedModel>>;
}

export function writeTuned(tuned: Readonly<Record<string, TunedModel>>): void {
  writeFileSync(path, `${JSON.stringify(tuned, null, 2)}\n`);
}
