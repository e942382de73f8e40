import { createPatternSpace, defaultPatterns, movies, referencePatterns } from '@rppkit/patterns';
import { createRandomStream, type RankingTask } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { sampleGivers } from './sample-givers.ts';

const createTask = (id: string, length: number): RankingTask => ({
  id,
  user: id,
  history: Array.from({ length }, (_, index) => ({ item: { id: `w${index}`, title: `Film ${index}` } })),
  candidates: [
    { id: 'a', title: 'Heat' },
    { id: 'b', title: 'Alien' },
  ],
});
const lengths = [3, 3, 4, 4, 4, 9, 20, 50];
const tasks = lengths.map((length, index) => createTask(`u${index}`, length));

it('hands prompts to users whose windows can grow alike in every round', () => {
  const space = createPatternSpace({ domain: movies, patterns: referencePatterns });
  const givers = sampleGivers(tasks, { space, rounds: 3, random: createRandomStream(1) });
  expect(givers.slice(0, 2)).toEqual([1, 0]);
  expect(givers.slice(2, 5).toSorted()).toEqual([2, 3, 4]);
  // Nothing of their histories is beyond the 7 items that three rounds can show.
  expect(givers.slice(5).toSorted()).toEqual([5, 6, 7]);
  expect(givers.every((giver, task) => giver !== task)).toBe(true);
});

it('goes by the legal windows where they do not grow', () => {
  const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });
  const givers = sampleGivers(tasks, { space, rounds: 3, random: createRandomStream(1) });
  expect(givers.slice(0, 5).toSorted()).toEqual([0, 1, 2, 3, 4]);
  // The only ones with 9, 20 and 50 items.
  expect(givers.slice(5)).toEqual([5, 6, 7]);
});
