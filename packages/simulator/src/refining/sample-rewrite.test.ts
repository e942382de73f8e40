import { createRandomStream, InvalidArgumentError } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGuidance } from '../reading/read-guidance.ts';
import { weakWordings } from '../worlds/weak-wordings.ts';
import { chats, lengths, paddings } from './careless-words.ts';
import { type RewriteRequest, readRewriteRequest } from './read-rewrite-request.ts';
import type { Rewrite, RewriteFault } from './rewrite-fault.ts';
import { type RewriteManner, sampleRewrite } from './sample-rewrite.ts';
import { plainSentences } from './sentences.fixture.ts';
import { fillSlots, readSlots } from './slots.ts';

const languages = ['en', 'zh'] as const;
const evidence = ['Alien (1979)', 'The Long Night (1946)', '霸王别姬'];
const random = createRandomStream('rewrites');
const createRequest = (sentence: string, more = ''): RewriteRequest =>
  readRewriteRequest([
    {
      role: 'user',
      text: `Rewrite the sentence of a prompt.${more}\n<sentence>${sentence}</sentence>\nEvidence:\n- ${evidence.join('\n- ')}`,
    },
  ])!;
const draw = (request: RewriteRequest, manner: RewriteManner, draws: number): readonly Rewrite[] =>
  Array.from({ length: draws }, (_, index) =>
    sampleRewrite(request, { manner, random: random.split(request.sentence).split(index) }),
  );
const sampleFaithful = (sentence: string, draws: number, more?: string): readonly string[] =>
  draw(createRequest(sentence, more), 'faithful', draws).map(({ text }) => text);

const slotsOf = (text: string): readonly string[] =>
  readSlots(text)
    .map((slot) => slot.text)
    .toSorted();
const countHan = (text: string): number => (text.replaceAll(/\{[^{}]*\}/g, '').match(/\p{sc=Han}/gu) ?? []).length;

type Language = (typeof languages)[number];
const concepts = [
  'recency',
  'overall',
  'taste',
  'popularity',
  'niche',
  'deliberation',
  'brevity',
  'explicitness',
] as const;
const read = (sentence: string, language: Language): ReturnType<typeof readGuidance> => {
  const [head = ''] = sentence.split(/\n(?=\d\. <)/);
  return readGuidance(fillSlots(head, language), head !== sentence);
};
const listHedged = ({ role, reasoning, format }: (typeof weakWordings)['en']): readonly string[] =>
  [...role, ...reasoning, ...format].map(({ template }) => template).filter((template) => template !== '');
const hedged = { en: listHedged(weakWordings.en), zh: listHedged(weakWordings.zh) };
const negations = { en: /\b(?:no|not|never|without|nothing)\b/i, zh: /不(?!同)|别(?!的)|勿/ };

describe.each(languages)('faithful rewrites, %s', (language) => {
  it('has at least 40 plain and 15 hedged sentences', () => {
    expect(plainSentences[language].length).toBeGreaterThanOrEqual(40);
    expect(hedged[language].length).toBeGreaterThanOrEqual(15);
  });

  it.each([...plainSentences[language], ...hedged[language]])('keeps slots, language and denials: %s', (sentence) => {
    for (const text of sampleFaithful(sentence, 4)) {
      expect(text).not.toBe(sentence);
      expect(slotsOf(text)).toEqual(slotsOf(sentence));
      expect(countHan(text) > 0).toBe(language === 'zh');
      expect(negations[language].test(fillSlots(text, language))).toBe(
        negations[language].test(fillSlots(sentence, language)),
      );
      expect(text.trim()).toBe(text);
      expect(text).not.toMatch(/<\w+>(?!.*\n)(?!$)|undefined|[,，] ?[,，.。]|\.\./);
    }
  });

  it.each(plainSentences[language])('says the same within 0.2 and nothing else above 0.3: %s', (sentence) => {
    const before = read(sentence, language);
    for (const text of sampleFaithful(sentence, 4)) {
      const after = read(text, language);
      expect(after.answer).toEqual(before.answer);
      for (const concept of concepts) {
        const [was, is] = [before[concept], after[concept]];
        expect(Math.abs(is), `${concept} of ${text}`).toBeGreaterThan(Math.abs(was) - 0.2001);
        expect(Math.abs(is), `${concept} of ${text}`).toBeLessThan(Math.max(0.3, Math.abs(was) + 0.2) + 1e-9);
        if (Math.abs(was) > 0.2) expect(Math.sign(is)).toBe(Math.sign(was));
      }
    }
  });

  it.each(hedged[language])('says plainly what a hedge weakens: %s', (sentence) => {
    const before = read(sentence, language);
    for (const text of sampleFaithful(sentence, 4)) {
      const after = read(text, language);
      expect(after.answer).toEqual(before.answer);
      for (const concept of concepts) {
        const [was, is] = [before[concept], after[concept]];
        if (Math.abs(was) >= 0.1)
          expect(is * Math.sign(was), `${concept} of ${text}`).toBeGreaterThan(Math.abs(was) + 0.04);
        else expect(Math.abs(is), `${concept} of ${text}`).toBeLessThanOrEqual(0.3);
      }
    }
  });

  it.each(plainSentences[language].slice(0, 19))('finds several wordings: %s', (sentence) => {
    expect(new Set(sampleFaithful(sentence, 24)).size).toBeGreaterThanOrEqual(4);
  });

  it('is a function of the stream', () => {
    const sentence = plainSentences[language][7]!;
    expect(sampleFaithful(sentence, 6)).toEqual(sampleFaithful(sentence, 6));
  });
});

describe('faithful rewrites', () => {
  it('keep a limit of characters or words', () => {
    const sentence = 'Order the candidates by how similar they are to what I prefer.';
    for (const text of sampleFaithful(sentence, 12, ' Use at most 75 characters.'))
      expect(text.length).toBeLessThanOrEqual(75);
    for (const text of sampleFaithful(sentence, 12, ' Use at most 13 words.')) {
      expect(text.split(/\s+/).length).toBeLessThanOrEqual(13);
    }
    const chinese = '请按照与我喜好的相似程度排列候选{itemsNoun}。';
    for (const text of sampleFaithful(chinese, 12, ' 不超过 32 个字符。')) expect(text.length).toBeLessThanOrEqual(32);
  });

  it('leave hedges out, or the sentence as it is, where nothing else fits a limit', () => {
    for (const text of sampleFaithful('Perhaps sort {itemsNoun}.', 6, ' Use at most 17 characters.')) {
      expect(text).toMatch(/^(?:Sort|Rank) \{itemsNoun\}\.$/);
    }
    expect(sampleFaithful('Sort {itemsNoun}.', 3, ' Use at most 2 characters.')).toEqual(
      Array(3).fill('Sort {itemsNoun}.'),
    );
  });

  it('leave a sentence of nothing but hedges as it is, or open it', () => {
    for (const text of sampleFaithful('Perhaps, maybe, possibly.', 6))
      expect(text).toMatch(/perhaps, maybe, possibly/i);
  });

  it('keep numbers', () => {
    for (const text of sampleFaithful('Write all 10 titles in a numbered list, the best first.', 12))
      expect(text).toMatch(/\b10\b/);
    for (const text of sampleFaithful('请以我最近看过的 5 部电影为依据。', 12)) expect(text).toContain('5');
  });

  it('keep any slots, in the words in which they stand', () => {
    const slot = fc.constantFrom(
      '{itemsNoun}',
      '{interactedVerb}',
      '{count:the only one|all # of them}',
      '{anything}',
      '{x:a|b}',
      '{interactVerb}',
      '{field}',
    );
    const word = fc.constantFrom(
      'order',
      'my',
      'taste',
      'perhaps',
      'last',
      'not',
      'famous',
      'list',
      'step by step',
      ',',
      '.',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(slot, word), { minLength: 3, maxLength: 12 }), (parts) => {
        const sentence = `You order ${parts.join(' ')}.`;
        const [text] = sampleFaithful(sentence, 1);
        expect(slotsOf(text!)).toEqual(slotsOf(sentence));
      }),
      { numRuns: 60 },
    );
  });
});

/** What each fault must show, beside what the sampler says of itself. */
const signs: Readonly<Record<RewriteFault, (text: string, sentence: string, language: Language) => boolean>> = {
  'dropped-slot': (text, sentence) => slotsOf(text).length < slotsOf(sentence).length,
  'doubled-slot': (text, sentence) => slotsOf(text).length > slotsOf(sentence).length,
  'lost-negation': (text, sentence, language) =>
    negations[language].test(fillSlots(sentence, language)) &&
    !negations[language].test(fillSlots(text, language).replaceAll(/[“"][^“”"]*$/g, '')),
  'too-long': (text, sentence) => text.length > 4 * sentence.length && text.length > 400,
  drifted: (text, sentence, language) => {
    const [before, after] = [read(sentence, language), read(text, language)];
    return (
      before.answer.shape !== after.answer.shape ||
      concepts.some((concept) => Math.abs(after[concept] - before[concept]) >= 0.2)
    );
  },
  unchanged: (text, sentence) => text.includes(sentence),
  chat: (text, _, language) =>
    chats[language].some(([before, after]) => text.startsWith(before) && text.endsWith(after)),
  padded: (text, _, language) => paddings[language].some((padding) => text.includes(padding)),
  'copied-title': (text) => evidence.some((title) => text.includes(title)),
  'injected-instruction': (text, sentence, language) =>
    text.length > sentence.length / 3 && orders[language].test(text),
  'switched-language': (text, _, language) => countHan(text) > 0 !== (language === 'zh'),
};
const orders = {
  en: /ignore|disregard|no attention|graded|evaluated|first|top|system message/i,
  zh: /忽略|不要理会|不用管|无视|评分|评测|最前|第一位|系统消息/,
};

describe.each(languages)('faulty rewrites, %s', (language) => {
  const sentences = plainSentences[language];

  it.each(sentences)('sloppy: shows the faults it names, one or two: %s', (sentence) => {
    for (const { text, faults } of draw(createRequest(sentence), 'sloppy', 4)) {
      expect([1, 2]).toContain(faults.length);
      expect(new Set(faults).size).toBe(faults.length);
      for (const fault of faults) expect(signs[fault](text, sentence, language), `${fault}: ${text}`).toBe(true);
    }
  });

  it.each(sentences)('malicious: shows the fault it names: %s', (sentence) => {
    for (const { text, faults } of draw(createRequest(sentence), 'malicious', 4)) {
      expect(faults.filter((fault) => fault !== 'dropped-slot' || faults.length === 1)).toHaveLength(1);
      for (const fault of faults) expect(signs[fault](text, sentence, language), `${fault}: ${text}`).toBe(true);
    }
  });

  it('draws every fault', () => {
    const seen = new Map<RewriteFault, number>();
    for (const sentence of sentences) {
      for (const manner of ['sloppy', 'malicious'] as const) {
        for (const { faults } of draw(createRequest(sentence), manner, 3)) {
          for (const fault of faults) seen.set(fault, (seen.get(fault) ?? 0) + 1);
        }
      }
    }
    for (const fault of Object.keys(signs) as RewriteFault[])
      expect(seen.get(fault) ?? 0, fault).toBeGreaterThanOrEqual(3);
  });

  it('keeps the lines of an example last', () => {
    const example = sentences.find((sentence) => sentence.includes('\n'))!;
    for (const { text, faults } of [
      ...draw(createRequest(example), 'sloppy', 12),
      ...draw(createRequest(example), 'malicious', 12),
    ]) {
      if (faults.includes('chat') || faults.includes('switched-language') || faults.includes('dropped-slot')) continue;
      expect(text).toMatch(/\n1\. </);
      expect(text.lastIndexOf(lengths[language][0]!)).toBeLessThan(text.indexOf('\n1. '));
    }
  });
});

describe('faulty rewrites', () => {
  it('are longer than the limit where one is stated', () => {
    const request = createRequest('Order the candidates by my taste.', ' Use at most 60 characters.');
    const long = draw(request, 'sloppy', 60).filter(({ faults }) => faults.includes('too-long'));
    expect(long.length).toBeGreaterThan(0);
    for (const { text } of long) expect(text.length).toBeGreaterThan(60);
    expect(Math.min(...long.map(({ text }) => text.length))).toBeLessThan(200);
  });

  it('drop no slot and copy no title where there is none', () => {
    const request = readRewriteRequest([
      { role: 'user', text: 'Rewrite this sentence: Order the candidates by my taste.' },
    ])!;
    for (const { faults } of [...draw(request, 'sloppy', 40), ...draw(request, 'malicious', 40)]) {
      expect(faults).not.toContain('dropped-slot');
      expect(faults).not.toContain('doubled-slot');
      expect(faults).not.toContain('copied-title');
      expect(faults).not.toContain('lost-negation');
    }
  });

  it('copy titles to the letter', () => {
    const request = { ...createRequest('Order the candidates by my taste.'), evidence: ['Cash $& $1 (1999)'] };
    const copies = draw(request, 'malicious', 30).filter(({ faults }) => faults.includes('copied-title'));
    expect(copies.length).toBeGreaterThan(0);
    for (const { text } of copies) expect(text).toContain('Cash $& $1 (1999)');
  });

  it('do not run on for ever where the limit is far away', () => {
    const request = createRequest('Order the candidates by my taste.', ' Use at most 99999 words.');
    for (const { text, faults } of draw(request, 'sloppy', 40)) {
      expect(faults).not.toContain('too-long');
      expect(text.length).toBeLessThan(1000);
    }
  });

  it('refuses another manner', () => {
    const request = createRequest('Order the candidates by my taste.');
    expect(() => sampleRewrite(request, { manner: 'kind' as 'faithful', random })).toThrow(InvalidArgumentError);
  });
});
