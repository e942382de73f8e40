import { describe, expect, it } from 'vitest';
import { createPatterns } from './create-patterns.ts';
import {
  defaultPatterns,
  formatPattern,
  historyPattern,
  reasoningPattern,
  referencePatterns,
  rolePattern,
} from './default-patterns.ts';
import type { Pattern } from './pattern.ts';

const count = (patterns: readonly Pattern[]): number[] => patterns.map(({ expressions }) => expressions.length);
const ids = (pattern: Pattern): string[] => pattern.expressions.map(({ id }) => id);

describe('createPatterns', () => {
  it.each(['en', 'zh'] as const)(
    'gives 1,350 joint actions by default and 675 in the reference setting, in %s',
    (language) => {
      expect(count(createPatterns({ language }))).toEqual([6, 5, 9, 5]);
      expect(count(createPatterns({ language, preset: 'reference' }))).toEqual([5, 3, 9, 5]);
    },
  );

  it('has the same ids in both languages, so that a policy can be moved', () => {
    for (const preset of ['default', 'reference'] as const) {
      const english = createPatterns({ preset });
      const chinese = createPatterns({ preset, language: 'zh' });
      expect(chinese.map(ids)).toEqual(english.map(ids));
      expect(chinese.map(({ expressions }) => expressions.map(({ answer }) => answer))).toEqual(
        english.map(({ expressions }) => expressions.map(({ answer }) => answer)),
      );
      for (const { expressions } of chinese) {
        for (const { template } of expressions) expect(template === '' || /\p{sc=Han}/u.test(template)).toBe(true);
      }
    }
  });

  it('offers titles, JSON and numbers by default', () => {
    expect(ids(formatPattern)).toEqual(['numbered-titles', 'json-array', 'indices', 'brief', 'example']);
    expect(formatPattern.expressions.map(({ answer }) => answer)).toEqual([
      'titles',
      'titles',
      'indices',
      'titles',
      'titles',
    ]);
    expect(historyPattern.expressions.map(({ window }) => window)).toEqual([2, 5, 10, 20, 40]);
    expect(defaultPatterns).toEqual([rolePattern, historyPattern, reasoningPattern, formatPattern]);
  });

  it('steps through windows in the reference setting', () => {
    const [role, history] = referencePatterns;
    expect(history!.expressions.map(({ increment, perspective }) => [increment, perspective])).toEqual([
      [0, 'as many items as before'],
      [1, '1 more item'],
      [2, '2 more items'],
    ]);
    expect(ids(role!)).toEqual(['none', 'expert', 'recommender', 'interest-ranker', 'attention']);
  });

  it('takes windows and records', () => {
    const [, history] = createPatterns({ windows: [1, 3], records: { ratings: true } });
    expect(history).toMatchObject({
      expressions: [{ id: 'last-1', perspective: 'the last item' }, { id: 'last-3' }],
      records: { ratings: true },
    });
    const games = createPatterns({ preset: 'reference', records: { initialWindow: 5 } });
    expect(games[1]!.records).toEqual({ initialWindow: 5 });
    expect(() => createPatterns({ preset: 'reference', windows: [1] })).toThrow('records.initialWindow');
    expect(() => createPatterns({ preset: 'refrence' as 'reference' })).toThrow(
      "Expected preset to be one of 'default', 'reference', received \"refrence\"",
    );
    expect(() => createPatterns({ language: 'zh-CN' as 'zh' })).toThrow(
      "Expected language to be one of 'en', 'zh', received \"zh-CN\"",
    );
    expect(() => createPatterns({ windows: [0] })).toThrow('at least 1');
    expect(() => createPatterns({ windows: [] })).toThrow('a list with expressions');
  });
});
