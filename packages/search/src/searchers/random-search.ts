import { sampleDistinct } from '@rppkit/spec';
import type { AnswerSource } from '../answers/answer-source.ts';
import { askGrid, computeAdvantages, findBest } from './ask-grid.ts';
import { assertPromptCount } from './assert-prompt-count.ts';
import { createFoundSequence } from './found-sequence.ts';
import { countPrompts, listPrompts } from './list-prompts.ts';
import { createSearchCalls } from './search-calls.ts';
import type { Searcher } from './searcher.ts';
import { createTaskWalk } from './task-walk.ts';

export interface RandomSearchOptions {
  /**
   * Prompts that are drawn, a positive integer; default: the square root of the calls, rounded down, at most all. The
   * fewer, the better each is known; the more, the better the best of them.
   */
  readonly prompts?: number;
}

/**
 * Random search: different prompts drawn uniformly, all asked equally often and on the same tasks in the same orders, one
 * call each; the one with the best mean is served to everybody. The default number of prompts grows as in Wang, Audibert,
 * Munos: "Algorithms for infinitely many-armed bandits", NIPS 2008, with worths that are uniform near the best.
 */
export function createRandomSearch({ prompts }: RandomSearchOptions = {}): Searcher {
  if (prompts !== undefined) assertPromptCount(prompts);
  const computeFewestCalls = (source: AnswerSource): number => Math.min(prompts ?? 1, countPrompts(source));
  return {
    name: 'random',
    computeFewestCalls,
    async search(source, { random, ...options }) {
      const calls = createSearchCalls(source, computeFewestCalls(source), options);
      const all = listPrompts(source);
      const count = Math.min(prompts ?? Math.floor(Math.sqrt(options.calls)), all.length);
      const drawn = [...sampleDistinct(random.split('prompts'), all.length, count)].map((index) => all[index]!);
      const walk = createTaskWalk(source, random.split('tasks'));
      const rewards = await askGrid(calls, drawn, Math.floor(options.calls / count), (place) => walk(place));
      calls.assertAnswered();
      const best = drawn[findBest(computeAdvantages(rewards, count))]!;
      return createFoundSequence(source.space, [best], calls.made);
    },
  };
}
