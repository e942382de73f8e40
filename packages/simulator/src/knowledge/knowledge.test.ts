import { createInteractionLog, type Dataset } from '@rppkit/datasets';
import { InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createKnowledge } from './knowledge.ts';

const items = [
  { id: 'a', title: 'The Bell (1990)', attributes: { genres: ['Drama', 'War'] } },
  { id: 'b', title: 'The Swan (1991)', attributes: { genres: ['Comedy'] } },
  { id: 'c', title: 'The Map (1992)', attributes: { genres: ['Drama'] } },
  { id: 'd', title: 'the  bell (1990)', attributes: { genres: ['Crime'] } },
];
const dataset: Dataset = {
  name: 'tiny',
  order: 'column',
  log: createInteractionLog(
    [
      { user: 'u', item: 'a' },
      { user: 'u', item: 'b' },
      { user: 'v', item: 'b' },
      { user: 'v', item: 'd' },
      { user: 'w', item: 'c' },
      { user: 'w', item: 'b' },
    ],
    items,
  ),
};

describe('createKnowledge', () => {
  it('knows genres and popularity quantiles by title: counts 2, 3 and 1 of three titles', () => {
    const knowledge = createKnowledge(dataset, { users: 'all' });
    expect(knowledge.find('The Swan (1991)')!.popularity).toBe(1);
    expect(knowledge.find('The Map (1992)')!.popularity).toBe(0);
    expect(knowledge.find('The Bell (1990)')!.popularity).toBe(0.5);
    const names = (title: string): string[] =>
      [...knowledge.find(title)!.genres].map((genre) => knowledge.genreNames[genre]!);
    expect(names('The Map (1992)')).toEqual(['Drama']);
    expect(names('The Bell (1990)')).toEqual(['Drama', 'War', 'Crime']);
  });

  it('cannot tell items of one title apart', () => {
    const knowledge = createKnowledge(dataset, { users: 'all' });
    expect(knowledge.find(' THE BELL (1990)')).toBe(knowledge.find('The Bell (1990)'));
    expect(knowledge.find('a')).toBeUndefined();
  });

  it('counts the given users alone: of u, a and b are tied above c', () => {
    const knowledge = createKnowledge(dataset, { users: Int32Array.of(0) });
    expect(knowledge.find('The Swan (1991)')!.popularity).toBe(0.75);
    expect(knowledge.find('The Bell (1990)')!.popularity).toBe(0.75);
    expect(knowledge.find('The Map (1992)')!.popularity).toBe(0);
  });

  it('reads another attribute as genres where asked to', () => {
    const knowledge = createKnowledge(dataset, { users: 'all', attribute: 'maker' });
    expect(knowledge.genreNames).toEqual([]);
    expect([...knowledge.find('The Swan (1991)')!.genres]).toEqual([]);
  });

  it('leaves nobody to chance: whose interactions count must be said', () => {
    // @ts-expect-error Without `users` evaluated users would be counted.
    expect(() => createKnowledge(dataset, {})).toThrow(InvalidArgumentError);
  });

  it('refuses users that do not exist', () => {
    expect(() => createKnowledge(dataset, { users: Int32Array.of(3) })).toThrow(InvalidArgumentError);
  });
});
