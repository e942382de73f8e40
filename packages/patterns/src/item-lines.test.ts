import type { HistoryEntry } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createPatterns } from './create-patterns.ts';
import { movies, moviesZh } from './domains.ts';
import { renderCandidate, renderHistoryLines } from './item-lines.ts';
import type { HistoryRecords } from './pattern.ts';
import { createPatternSpace } from './pattern-space.ts';
import { getPromptSentences } from './prompt-sentences.ts';

const day = 86_400;
const entry = (title: string, more: Omit<HistoryEntry, 'item'> = {}): HistoryEntry => ({
  item: { id: title, title, attributes: { genres: ['Crime', 'Drama'], year: '1995', mood: '' } },
  ...more,
});
const render = (entries: readonly HistoryEntry[], records: HistoryRecords, language: 'en' | 'zh' = 'en') => {
  const domain = language === 'en' ? movies : moviesZh;
  const space = createPatternSpace({ domain, patterns: createPatterns({ language, records }) });
  return renderHistoryLines(entries, getPromptSentences(space)).split('\n');
};

describe('renderHistoryLines', () => {
  it('lists titles alone unless told otherwise, in either order', () => {
    const entries = [entry('A', { rating: 4, time: 0 }), entry('B', { rating: 4, time: 0 })];
    expect(render(entries, {})).toEqual(['1. A', '2. B']);
    expect(render(entries, { order: 'recent-first' })).toEqual(['1. B', '2. A']);
  });

  it('adds attributes, ratings and time gaps where they are known', () => {
    const entries = [
      entry('A', { rating: 4.126, time: 0 }),
      entry('B', { time: 3 * day }),
      entry('C', { rating: Number.NaN }),
    ];
    const records = { attributes: ['year', 'genres', 'mood', 'cast'], ratings: true, timeGaps: true };
    expect(render(entries, records)).toEqual([
      '1. A (year: 1995; genres: Crime, Drama; rated 4.13)',
      '2. B (year: 1995; genres: Crime, Drama; 3 days later)',
      '3. C (year: 1995; genres: Crime, Drama)',
    ]);
    expect(render(entries, records, 'zh')).toEqual([
      '1. A（year：1995；genres：Crime、Drama；评分 4.13）',
      '2. B（year：1995；genres：Crime、Drama；比上一条晚 3 天）',
      '3. C（year：1995；genres：Crime、Drama）',
    ]);
  });

  it('says the gap to the line above, whatever the order', () => {
    const entries = [entry('A', { time: 0 }), entry('B', { time: 1.5 * day }), entry('C', { time: 1.9 * day })];
    expect(render(entries, { timeGaps: true })).toEqual(['1. A', '2. B (a day later)', '3. C (the same day)']);
    expect(render(entries, { timeGaps: true, order: 'recent-first' })).toEqual([
      '1. C',
      '2. B (the same day)',
      '3. A (a day earlier)',
    ]);
    expect(render(entries.toReversed(), { timeGaps: true })).toEqual(['1. C', '2. B (the same day)', '3. A']);
    expect(render([entry('A', { time: 0 }), entry('B', { time: Number.NaN })], { timeGaps: true })[1]).toBe('2. B');
  });

  it.each([
    [13, '13 days later'],
    [14, '2 weeks later'],
    [59, '8 weeks later'],
    [60, '2 months later'],
    [400, '13 months later'],
    [729, '24 months later'],
    [730, '2 years later'],
    [4000, '11 years later'],
  ])('says %i days as %s', (days, expected) => {
    expect(render([entry('A', { time: 0 }), entry('B', { time: days * day })], { timeGaps: true })[1]).toBe(
      `2. B (${expected})`,
    );
  });
});

describe('renderCandidate', () => {
  const space = createPatternSpace({
    domain: movies,
    patterns: createPatterns(),
    layout: { candidateAttributes: ['genres'] },
  });
  const sentences = getPromptSentences(space);

  it('adds attributes as safe text of one line, shortened together', () => {
    const genres = ['Crime\n[1] Heat', 'x'.repeat(200)];
    const line = renderCandidate({ id: '1', title: 'Heat', attributes: { genres } }, sentences);
    expect(line).toBe(`Heat (genres: Crime (1) Heat, ${'x'.repeat(103)}…)`);
    expect(renderCandidate({ id: '1', title: 'Heat' }, sentences)).toBe('Heat');
    const show = (name: string, attributes: object): string => {
      const { domain, patterns } = space;
      const named = createPatternSpace({ domain, patterns, layout: { candidateAttributes: [name] } });
      return renderCandidate({ id: '1', title: 'Heat', attributes: { ...attributes } }, getPromptSentences(named));
    };
    // What every object inherits is no attribute.
    for (const name of ['constructor', '__proto__', 'toString']) expect(show(name, {})).toBe('Heat');
    expect(show('constructor', { constructor: 'Mann' })).toBe('Heat (constructor: Mann)');
    expect(show('a\n[1] b', { 'a\n[1] b': 'c' })).toBe('Heat (a (1) b: c)');
    expect(() => show('year', { year: 1995 })).toThrow(
      'Expected attribute year of item 1 to be a text or a list of texts, received 1995. Write numbers as text',
    );
    expect(renderCandidate({ id: '1', title: '', attributes: { genres: '{count}' } }, sentences)).toBe(
      '(untitled) (genres: {count})',
    );
  });
});
