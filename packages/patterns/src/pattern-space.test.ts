import { describe, expect, it } from 'vitest';
import { defaultPatterns, formatPattern, historyPattern } from './default-patterns.ts';
import { type Domain, movies } from './domain.ts';
import { definePattern, type Pattern } from './pattern.ts';
import {
  computeActionMasks,
  computeJointActionCount,
  createPatternSpace,
  decodeJointAction,
  encodeJointAction,
  legalizeJointAction,
} from './pattern-space.ts';

const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });
const withHistory = (length: number) => ({
  id: 't',
  user: 'u',
  history: Array.from({ length }, (_, index) => ({ item: { id: String(index), title: String(index) } })),
  candidates: [],
});

describe('joint actions', () => {
  it('number 6 x 5 x 9 x 5 = 1350 and decode to distinct choices that encode back', () => {
    expect(computeJointActionCount(space)).toBe(1350);
    const seen = new Set<string>();
    for (let index = 0; index < 1350; index++) {
      const choice = decodeJointAction(space, index);
      expect(encodeJointAction(space, choice)).toBe(index);
      seen.add(choice.join());
    }
    expect(seen.size).toBe(1350);
  });

  it('refuse numbers and choices outside the space', () => {
    expect(() => decodeJointAction(space, 1350)).toThrow('Expected index to be an integer in [0, 1350), received 1350');
    expect(() => encodeJointAction(space, [0, 0, 0])).toThrow('4 indices');
    expect(() => encodeJointAction(space, [0, 5, 0, 0])).toThrow('choice of pattern history');
  });
});

describe('computeActionMasks', () => {
  it.each([
    [0, [1, 0, 0, 0, 0]],
    [4, [1, 0, 0, 0, 0]],
    [5, [1, 1, 0, 0, 0]],
    [39, [1, 1, 1, 1, 0]],
    [40, [1, 1, 1, 1, 1]],
  ])('masks windows longer than a history of %i, never the smallest', (length, expected) => {
    const masks = computeActionMasks(space, withHistory(length));
    expect([...masks[1]!]).toEqual(expected);
    expect(masks[0]!.every((legal) => legal === 1)).toBe(true);
  });
});

describe('legalizeJointAction', () => {
  it('shortens an illegal window to the longest legal one and keeps the rest', () => {
    expect(legalizeJointAction(space, [3, 4, 2, 1], withHistory(12))).toEqual([3, 2, 2, 1]);
    expect(legalizeJointAction(space, [3, 4, 2, 1], withHistory(50))).toEqual([3, 4, 2, 1]);
    expect(legalizeJointAction(space, [0, 1, 0, 0], withHistory(0))).toEqual([0, 0, 0, 0]);
    expect(() => legalizeJointAction(space, [99, 0, 0, 0], withHistory(9))).toThrow('choice of pattern role');
  });
});

describe('createPatternSpace', () => {
  it('names what is missing or doubled', () => {
    expect(() => createPatternSpace({ domain: movies, patterns: [historyPattern] })).toThrow('section format');
    expect(() =>
      createPatternSpace({
        domain: movies,
        patterns: [historyPattern, { ...historyPattern, name: 'again' }, formatPattern],
      }),
    ).toThrow('received two');
    expect(() =>
      createPatternSpace({ domain: movies, patterns: [historyPattern, historyPattern, formatPattern] }),
    ).toThrow('received history twice');
  });
});

describe('createPatternSpace on data from elsewhere', () => {
  it('refuses a domain with a missing word, an unknown section and an unknown answer', () => {
    const { field: _, ...incomplete } = movies;
    expect(() => createPatternSpace({ domain: incomplete as Domain, patterns: defaultPatterns })).toThrow(
      "domain's field",
    );
    const tone = { ...historyPattern, name: 'tone', section: 'tone' } as unknown as Pattern;
    expect(() => createPatternSpace({ domain: movies, patterns: [...defaultPatterns, tone] })).toThrow('received tone');
    const json = {
      ...formatPattern,
      expressions: [{ ...formatPattern.expressions[0]!, answer: 'json' }],
    } as unknown as Pattern;
    expect(() => createPatternSpace({ domain: movies, patterns: [historyPattern, json] })).toThrow('received json');
  });
});

describe('definePattern', () => {
  const expression = { id: 'x', perspective: 'x', template: 'Rank {count} {itemsNoun}.' };
  it('names the bad slot', () => {
    const bad = {
      name: 'reasoning',
      section: 'reasoning',
      expressions: [{ ...expression, template: 'Rank {coutn}.' }],
    } as const;
    expect(() => definePattern(bad)).toThrow(/expression x of pattern reasoning.*received \{coutn\}/);
    const open = { ...bad, expressions: [{ ...expression, template: 'Rank {count items.' }] };
    expect(() => definePattern(open)).toThrow('received {count');
  });

  it('asks for windows, answers, expressions and unique ids', () => {
    expect(() => definePattern({ name: 'history', section: 'history', expressions: [expression] })).toThrow('window');
    expect(() => definePattern({ name: 'format', section: 'format', expressions: [expression] })).toThrow(
      'how answers are read',
    );
    expect(() => definePattern({ name: 'role', section: 'role', expressions: [] })).toThrow('received none');
    expect(() => definePattern({ name: 'role', section: 'role', expressions: [expression, expression] })).toThrow(
      'twice',
    );
  });
});
