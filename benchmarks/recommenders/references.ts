import { readFileSync } from 'node:fs';

/** What code that shares nothing with ours reached on the same protocol. */
export interface ReferenceFigures {
  readonly ndcg: number;
  readonly recall: number;
  /** What it was and how it was run. */
  readonly source: string;
}

/** By name of the recommender. */
export function readReferences(): Readonly<Record<string, ReferenceFigures>> {
  return JSON.parse(readFileSync(new URL('../references/figures.json', import.meta.url), 'utf8')) as Readonly<
    Record<string, ReferenceFigures>
  >;
}
