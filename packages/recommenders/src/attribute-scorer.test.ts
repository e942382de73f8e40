import type { Item, RankingTask } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createAttributeScorer } from './attribute-scorer.ts';

const film = (id: string, ...genres: string[]): Item => ({ id, title: id, attributes: { genres, year: '1995' } });
const history = [film('a', 'Drama'), film('b', 'Drama', 'War'), film('c', 'Comedy'), film('d', 'Comedy', 'Drama')];
const task: RankingTask = {
  id: 't',
  user: 'u',
  history: history.map((item) => ({ item })),
  candidates: [film('e', 'Drama'), film('f', 'Comedy', 'War'), film('g', 'Horror'), { id: 'h', title: 'h' }],
};

describe('createAttributeScorer', () => {
  it('gives the mean share of history entries with a value of the candidate', () => {
    // Drama 3 of 4; Comedy 2 of 4 and War 1 of 4; the year is no list.
    expect([...createAttributeScorer().score(task)]).toEqual([0.75, 0.375, 0, 0]);
  });

  it('counts only the latest entries', () => {
    expect([...createAttributeScorer({ window: 2 }).score(task)]).toEqual([0.5, 0.5, 0, 0]);
    expect(createAttributeScorer({ window: 2 }).name).toBe('attributes of the last 2');
    expect(() => createAttributeScorer({ window: 0 })).toThrow('window to be a positive integer');
  });

  it('tells values of different attributes apart', () => {
    const actor: Item = { id: 'x', title: 'x', attributes: { cast: ['Drama'] } };
    expect([...createAttributeScorer().score({ ...task, candidates: [actor] })]).toEqual([0]);
  });

  it('says nothing about people without a history', () => {
    expect([...createAttributeScorer().score({ ...task, history: [] })]).toEqual([0, 0, 0, 0]);
  });
});
