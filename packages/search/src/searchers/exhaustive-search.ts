import { InvalidArgumentError } from '@rppkit/spec';
import type { AnswerSource } from '../answers/answer-source.ts';
import { askGrid, computeAdvantages, findBest } from './ask-grid.ts';
import { createFoundSequence } from './found-sequence.ts';
import { countPrompts, listPrompts } from './list-prompts.ts';
import { createSearchCalls } from './search-calls.ts';
import type { Searcher } from './searcher.ts';
import { computeDraw } from './task-walk.ts';

export interface ExhaustiveSearchOptions {
  /** Answers to each prompt for each task, a positive integer; default: one in each candidate order of the source. */
  readonly draws?: number;
}

/**
 * Asks every prompt for every task: the full-information best fixed prompt, on a table of answers at no cost. Needs
 * prompts x tasks x draws calls.
 */
export function createExhaustiveSearch({ draws }: ExhaustiveSearchOptions = {}): Searcher {
  if (draws !== undefined && !(Number.isInteger(draws) && draws >= 1)) {
    throw new InvalidArgumentError('draws', 'a positive integer', draws);
  }
  const countPlaces = ({ tasks, candidateOrders }: AnswerSource): number => tasks.length * (draws ?? candidateOrders);
  const computeFewestCalls = (source: AnswerSource): number => countPrompts(source) * countPlaces(source);
  return {
    name: 'exhaustive',
    computeFewestCalls,
    async search(source, { random: _, ...options }) {
      const calls = createSearchCalls(source, computeFewestCalls(source), options);
      const prompts = listPrompts(source);
      const { length } = source.tasks;
      const rewards = await askGrid(calls, prompts, countPlaces(source), (place) => ({
        task: place % length,
        ...computeDraw(source, Math.floor(place / length)),
      }));
      calls.assertAnswered();
      const best = prompts[findBest(computeAdvantages(rewards, prompts.length))]!;
      return createFoundSequence(source.space, [best], calls.made);
    },
  };
}
