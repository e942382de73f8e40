import type { JointAction } from '@rppkit/patterns';
import type { RandomStream } from '@rppkit/spec';
import { createFoundSequence } from './found-sequence.ts';
import { type HalvingOptions, halvePrompts } from './halve-prompts.ts';
import { fewestHalvingCalls, planHalving } from './halving-plan.ts';
import { countPrompts } from './list-prompts.ts';
import { rankPrompts, screenPrompts } from './screen-prompts.ts';
import { createSearchCalls, type SearchCalls } from './search-calls.ts';
import type { Searcher } from './searcher.ts';
import { createTaskWalk } from './task-walk.ts';

/**
 * The best fixed prompt: a ridge model of the prompt alone, fitted on random prompts, names up to 16 finalists, which
 * sequential halving tells apart on the same tasks. Needs 128 calls; `planBestFixedPrompt` says how they are spent.
 */
export function createHalvingSearch(): Searcher {
  return {
    name: 'halving',
    computeFewestCalls: () => fewestHalvingCalls,
    async search(source, { random, ...options }) {
      const calls = createSearchCalls(source, fewestHalvingCalls, options);
      const best = await findByHalving(calls, random);
      return createFoundSequence(source.space, [best], calls.made);
    },
  };
}

/** The best fixed prompt that all calls left find. */
export async function findByHalving(
  calls: SearchCalls,
  random: RandomStream,
  told: Pick<HalvingOptions, 'onLeader'> = {},
): Promise<JointAction> {
  const { source } = calls;
  const { screening, rounds } = planHalving(calls.left, countPrompts(source));
  const model = await screenPrompts(calls, { count: screening, random });
  const finalists = rankPrompts(calls, model, rounds[0]?.finalists ?? 1);
  const walk = createTaskWalk(source, random.split('halving'));
  return (await halvePrompts(calls, { finalists, rounds, getDraw: (place) => walk(place), ...told })).choice;
}
