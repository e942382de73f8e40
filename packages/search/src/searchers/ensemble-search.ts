import { assertPromptCount } from './assert-prompt-count.ts';
import { createFoundSequence } from './found-sequence.ts';
import { fewestHalvingCalls } from './halving-plan.ts';
import { findByHalving } from './halving-search.ts';
import { createSearchCalls } from './search-calls.ts';
import type { Searcher } from './searcher.ts';

export interface EnsembleSearchOptions {
  /** How often the prompt is asked for one ranking, a positive integer. */
  readonly prompts: number;
}

/**
 * The equal-cost control of several prompts: the best fixed prompt of `createHalvingSearch`, asked `prompts` times in
 * different candidate orders, the answers aggregated. Needs 128 calls.
 */
export function createEnsembleSearch({ prompts }: EnsembleSearchOptions): Searcher {
  assertPromptCount(prompts);
  return {
    name: 'ensemble',
    computeFewestCalls: () => fewestHalvingCalls,
    async search(source, { random, ...options }) {
      const calls = createSearchCalls(source, fewestHalvingCalls, options);
      const best = await findByHalving(calls, random);
      return createFoundSequence(source.space, new Array<typeof best>(prompts).fill(best), calls.made);
    },
  };
}
