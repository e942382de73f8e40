import type { JointAction } from '@rppkit/patterns';
import { assertPromptCount } from './assert-prompt-count.ts';
import { createFoundSequence } from './found-sequence.ts';
import { type HalvedPrompts, halvePrompts } from './halve-prompts.ts';
import { fewestRoundCalls, planSmallHalving } from './halving-plan.ts';
import { countPrompts } from './list-prompts.ts';
import { rankPrompts, screenPrompts } from './screen-prompts.ts';
import { createSearchCalls } from './search-calls.ts';
import type { Searcher } from './searcher.ts';
import { createTaskWalk } from './task-walk.ts';

export interface SequenceSearchOptions {
  /** Prompts of the sequence, a positive integer. */
  readonly prompts: number;
}

/**
 * The best fixed sequence of prompts whose answers are aggregated, chosen greedily: the next prompt is the one whose answers
 * judge best together with those of the prompts before it. Half of the calls screen all prompts; the other half is shared
 * by the steps, each a sequential halving of the finalists on the same tasks, the answer to each place of the sequence in a
 * candidate order of its own. Needs 16 calls for each prompt.
 */
export function createSequenceSearch({ prompts: length }: SequenceSearchOptions): Searcher {
  assertPromptCount(length);
  const fewest = 2 * fewestRoundCalls * length;
  return {
    name: 'sequence',
    computeFewestCalls: () => fewest,
    async search(source, { random, ...options }) {
      const calls = createSearchCalls(source, fewest, options);
      const model = await screenPrompts(calls, { count: Math.floor(options.calls / 2), random });
      const rounds = planSmallHalving(Math.floor(calls.left / length), countPrompts(source));
      const finalists = rankPrompts(calls, model, rounds[0]?.finalists ?? 1);
      const walk = createTaskWalk(source, random.split('halving'), { answers: length });
      const chosen: HalvedPrompts[] = [];
      for (let step = 0; step < length; step++) {
        // The prompt chosen in a step was asked on all of its places, so that none is asked again.
        const judge = (place: number, ranking: Int32Array): number => {
          const together = [...chosen.map(({ rankings }) => rankings[place]), ranking];
          // With fewer answers than will be served another prompt would look best.
          if (together.includes(undefined)) return Number.NaN;
          return source.judge(walk(place).task, together as Int32Array[]);
        };
        chosen.push(await halvePrompts(calls, { finalists, rounds, getDraw: (place) => walk(place, step), judge }));
      }
      const prompts = chosen.map(({ choice }): JointAction => choice);
      return createFoundSequence(source.space, prompts, calls.made);
    },
  };
}
