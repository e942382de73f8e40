import { describe, expect, it } from 'vitest';
import { createPatterns } from './create-patterns.ts';
import { movies, moviesZh } from './domains.ts';
import { historyKinds } from './history-kinds.ts';
import { createPatternSpace } from './pattern-space.ts';
import { parsePatternSpace, serializePatternSpace } from './pattern-space-json.ts';
import { rewordHistory } from './reword-history.ts';

const space = createPatternSpace({ domain: movies, patterns: createPatterns() });

describe('rewordHistory', () => {
  it.each(historyKinds)('gives the preset of the kind %s, in both languages and presets', (history) => {
    for (const language of ['en', 'zh'] as const) {
      for (const preset of ['default', 'reference'] as const) {
        const domain = language === 'en' ? movies : moviesZh;
        const own = createPatternSpace({ domain, patterns: createPatterns({ preset, language }) });
        const reworded = rewordHistory(own, history);
        expect(reworded.patterns).toEqual(createPatterns({ preset, language, history }));
        expect(parsePatternSpace(serializePatternSpace(reworded))).toEqual(reworded);
        const [first] = reworded.patterns[1]!.expressions;
        const bare = { sequential: '', 'recency-focused': 'c', 'in-context': 'ch', 'similar-users': 'e' }[history];
        expect(`${first!.closing ? 'c' : ''}${first!.heldOut ? 'h' : ''}${first!.examples ? 'e' : ''}`).toBe(bare);
      }
    }
  });

  it('keeps windows, records and the other patterns, and takes the words of another kind away', () => {
    const listed = createPatternSpace({
      domain: movies,
      patterns: createPatterns({ windows: [3, 7], records: { ratings: true } }),
    });
    const { patterns } = rewordHistory(rewordHistory(listed, 'in-context'), 'similar-users', { examples: 2 });
    expect(patterns[1]).toMatchObject({
      records: { ratings: true },
      expressions: [
        { window: 3, examples: { count: 2 } },
        { window: 7, examples: { count: 2 } },
      ],
    });
    expect(patterns[1]!.expressions[0]).not.toHaveProperty('closing');
    expect([patterns[0], patterns[2], patterns[3]]).toEqual([
      listed.patterns[0],
      listed.patterns[2],
      listed.patterns[3],
    ]);
  });

  it('names what it cannot do', () => {
    expect(() => rewordHistory(space, 'few-shot' as 'in-context')).toThrow('\'similar-users\', received "few-shot"');
    const german = { ...space, domain: { ...movies, language: 'de' } };
    expect(() => rewordHistory(german, 'in-context')).toThrow('English or simplified Chinese, received "de"');
    expect(() => rewordHistory(space, 'similar-users', { examples: 0 })).toThrow('examples.count');
  });
});
