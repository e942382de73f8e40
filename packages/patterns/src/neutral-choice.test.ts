import { expect, it } from 'vitest';
import { createPatterns } from './create-patterns.ts';
import { defaultPatterns, formatPattern, historyPattern, referencePatterns } from './default-patterns.ts';
import { movies } from './domains.ts';
import { neutralChoice } from './neutral-choice.ts';
import { extendPattern, type Pattern } from './pattern.ts';
import { createPatternSpace } from './pattern-space.ts';

const choose = (patterns: readonly Pattern[]) => neutralChoice(createPatternSpace({ domain: movies, patterns }));

it('is no role, ten items, plain reasoning and numbered titles in the presets', () => {
  expect(choose(defaultPatterns)).toEqual([0, 2, 0, 0]);
  expect(choose(referencePatterns)).toEqual([0, 2, 0, 0]);
});

it.each([
  [[12, 8, 30], 1],
  [[4, 15, 40], 1],
  [[3], 0],
])('takes of the windows %j the one nearest to 10, the smaller of two', (windows, expected) => {
  expect(choose(createPatterns({ windows }))[1]).toBe(expected);
});

it('prefers a mark, and falls back on the first', () => {
  const marked = extendPattern(formatPattern, [
    { id: 'own', perspective: '', template: 'List.', answer: 'titles', neutral: true },
  ]);
  const own = {
    name: 'why',
    section: 'reasoning',
    expressions: [
      { id: 'a', perspective: '', template: 'A.' },
      { id: 'b', perspective: '', template: 'B.' },
    ],
  } as const;
  expect(choose([own, historyPattern, marked])).toEqual([0, 2, 5]);
});

it('passes over what is retired', () => {
  const own = {
    name: 'why',
    section: 'reasoning',
    expressions: [
      { id: 'a', perspective: '', template: 'A.', retired: true },
      { id: 'plain', perspective: '', template: 'B.', retired: true },
      { id: 'c', perspective: '', template: 'C.', neutral: true, retired: true },
      { id: 'd', perspective: '', template: 'D.' },
    ],
  } as const;
  const window = (size: number) => ({ id: `last-${size}`, perspective: '', template: 'These:', window: size });
  const history = {
    name: 'history',
    section: 'history',
    expressions: [{ ...window(10), retired: true as const }, window(2), window(30)],
  } as const;
  expect(choose([own, history, formatPattern])).toEqual([3, 1, 0]);
});
