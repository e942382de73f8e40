import { readFileSync } from 'node:fs';
import { createRandomStream, type RandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { isCoherent } from './coherence.ts';
import type { Concept } from './concepts.ts';
import { readPrompt } from './read-prompt.ts';
import { computeSentences } from './sentences.ts';
import { computeTokens } from './tokens.ts';

type Language = 'en' | 'zh';
const domains = ['movies', 'games', 'music', 'books', 'news', 'products'] as const;
const concepts = [
  'recency',
  'overall',
  'taste',
  'popularity',
  'niche',
  'deliberation',
  'brevity',
  'explicitness',
] as const satisfies readonly Concept[];

/** Prompts of the default space: the first with a history of three items and two candidates, the others without lists. */
function readPromptTexts(domain: string, language: Language): string[] {
  const file = new URL(`../../../patterns/src/__snapshots__/${domain}.${language}.txt`, import.meta.url);
  return readFileSync(file, 'utf8')
    .split('\n\n----\n\n')
    .map((text) => text.trim());
}

/** The sentences of the default space, without histories and candidates, in the order of its prompts. */
function readPresets(domain: string, language: Language): string[] {
  return readPromptTexts(domain, language)
    .flatMap((prompt) => prompt.trim().split('\n\n'))
    .filter((block) => !/^(?:1\. Third|\[1\] Fourth)$/m.test(block));
}

interface CorpusText {
  readonly id: string;
  readonly kind?: string;
  readonly language?: string;
  readonly text: string;
}

const development = JSON.parse(readFileSync(new URL('../../corpus/development.json', import.meta.url), 'utf8')) as {
  readonly rewrites: readonly CorpusText[];
  readonly shuffled: readonly CorpusText[];
};

const readGuidanceOf = (text: string): ReturnType<typeof readPrompt>['guidance'] =>
  readPrompt([{ role: 'user', text }], () => false).guidance;

const areCoherent = (text: string): boolean => {
  const tokens = computeTokens(text);
  return computeSentences(tokens).every(({ start, end }) => isCoherent(tokens, start, end));
};

function shuffle(words: readonly string[], random: RandomStream): string[] {
  const mixed = [...words];
  for (let index = mixed.length - 1; index > 0; index--) {
    const other = random.integer(index + 1);
    [mixed[index], mixed[other]] = [mixed[other]!, mixed[index]!];
  }
  return mixed;
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Words of one to three characters. */
function computeChineseWords(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
    .filter((word) => /^\p{Script=Han}/u.test(word))
    .flatMap((word) => word.match(/.{1,3}/gu) ?? []);
}

describe('reading the preset expressions', () => {
  const movies = readPresets('movies', 'en');

  it('finds all of them', () => {
    // Nine prompts with 9 reasonings, 9 formats (4 of them twice) and 7 roles (2 twice, none left out).
    expect(movies).toHaveLength(25);
    expect(readPresets('movies', 'zh')).toHaveLength(25);
  });

  it.each([
    ['You are an expert', { niche: 0.7 }],
    ['You are the recommender', { popularity: 0.2 }],
    ['You rank movies', { taste: 0.66 }],
    ['You know film', { popularity: 0.35 }],
    ['You follow closely', { popularity: 0.8 }],
    ['Put the candidates', {}],
    ['Order the candidates according', { taste: 0.1 }],
    ['Order the candidates by my', { taste: 0.64, popularity: -0.6 }],
    ['Estimate', { deliberation: 0.76 }],
    ['First work out', { deliberation: 0.49, taste: 0.45, overall: 0.55 }],
    ['My taste shifts', { recency: 0.78, taste: 0.45 }],
    ['Order the candidates by how', { taste: 0.58 }],
    ['Give each candidate a score', { deliberation: 0.44, taste: 0.35, overall: 0.57 }],
    ['Draft an order', { deliberation: 0.58 }],
    ['Write the answer', { explicitness: 0.28 }],
    ['Write a JSON array', { brevity: 0.4, explicitness: 0.39 }],
    ['Write one line', { explicitness: 0.53 }],
    ['Be brief', { brevity: 0.82, explicitness: 0.28 }],
    ['Write all 2 titles', { explicitness: 0.83 }],
  ] as const)('%s', (start, expected: Partial<Record<Concept, number>>) => {
    const guidance = readGuidanceOf(movies.find((block) => block.startsWith(start))!);
    for (const concept of concepts) {
      const strength = expected[concept] ?? 0;
      expect(Math.abs(guidance[concept] - strength), concept).toBeLessThan(strength === 0 ? 0.16 : 0.1);
    }
  });

  it.each(domains)('reads the Chinese sentence about %s as the English one, within 0.2', (domain) => {
    const english = readPresets(domain, 'en').map(readGuidanceOf);
    readPresets(domain, 'zh').forEach((text, index) => {
      const guidance = readGuidanceOf(text);
      expect(guidance.language).toBe('zh');
      expect(guidance.answer, text).toEqual(english[index]!.answer);
      for (const concept of concepts) {
        expect(Math.abs(guidance[concept] - english[index]![concept]), `${concept}: ${text}`).toBeLessThanOrEqual(0.2);
      }
    });
  });

  it.each(domains)('reads %s as movies', (domain) => {
    readPresets(domain, 'en').forEach((text, index) => {
      const guidance = readGuidanceOf(text);
      const same = readGuidanceOf(movies[index]!);
      for (const concept of concepts) expect(guidance[concept], `${concept}: ${text}`).toBeCloseTo(same[concept], 1);
    });
  });
});

describe('reading composed prompts', () => {
  it.each(domains.flatMap((domain) => [[domain, 'en'] as const, [domain, 'zh'] as const]))(
    'takes guidance about %s (%s) from the instructions alone',
    (domain, language) => {
      const [lists = '', ...prompts] = readPromptTexts(domain, language);
      const [history = '', candidates = ''] = lists.split('\n\n');
      expect(history).toContain('3. First');
      for (const text of prompts) {
        const blocks = text.split('\n\n');
        for (let place = 0; place <= blocks.length; place++) {
          const whole = blocks.toSpliced(place, 0, history, candidates).join('\n\n');
          const { guidance, ...found } = readPrompt([{ role: 'user', text: whole }], () => false);
          expect(found).toEqual({
            history: ['First', 'Second', 'Third'],
            candidates: ['Fourth', 'Fifth'],
            labels: ['1', '2'],
          });
          expect(guidance).toEqual(readGuidanceOf(text));
        }
      }
    },
  );
});

describe('word order', () => {
  it.each(domains.flatMap((domain) => [[domain, 'en'] as const, [domain, 'zh'] as const]))(
    'is found in every preset expression about %s (%s)',
    (domain, language) => {
      expect(readPresets(domain, language).filter((text) => !areCoherent(text))).toEqual([]);
    },
  );

  it('is found in every rewrite', () => {
    expect(development.rewrites.filter(({ text }) => !areCoherent(text)).map(({ id }) => id)).toEqual([]);
  });

  it('is missed in every shuffled sentence, which then says nothing', () => {
    const nothing = readGuidanceOf('Hello.');
    for (const { id, text } of development.shuffled) expect(readGuidanceOf(text), id).toEqual(nothing);
  });

  it('is missed in at least 90 % of shuffled English and 80 % of shuffled Chinese sentences', () => {
    const random = createRandomStream('shuffled presets');
    const sentences = (language: Language): string[] => [
      ...domains.flatMap((domain) => readPresets(domain, language)),
      ...development.rewrites
        .filter(({ kind }) => (kind === 'chinese') === (language === 'zh'))
        .map(({ text }) => text),
    ];
    const share = (mixed: readonly string[]): number =>
      mixed.filter((text) => !areCoherent(text)).length / mixed.length;
    const repeat = (texts: readonly string[], mix: (text: string) => string): string[] =>
      texts.flatMap((text) => Array.from({ length: 20 }, () => mix(text)));
    const english = sentences('en')
      .map((text) => text.replace(/[^\p{L}\s’-]/gu, ' ').trim())
      .filter((text) => text.split(/\s+/).length >= 8);
    const chinese = sentences('zh').filter((text) => (text.match(/\p{Script=Han}/gu) ?? []).length >= 10);
    expect(share(repeat(english, (text) => `${shuffle(text.split(/\s+/), random).join(' ')}.`))).toBeGreaterThan(0.9);
    expect(
      share(repeat(chinese, (text) => `${shuffle(computeChineseWords(text), random).join('')}。`)),
    ).toBeGreaterThan(0.8);
  });
});
