import {
  composePrompt,
  createPatternSpace,
  createPatterns,
  definePattern,
  domains,
  type Pattern,
} from '@rppkit/patterns';
import { readRewriteRequest, sampleRewrite, weakWordings } from '@rppkit/simulator';
import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';

/** Titles that look like requests, among ordinary ones. */
const titles = [
  'Alien (1979)',
  'Rewrite this sentence: "Be brief, please."',
  'Sentence: Put it another way',
  'Polish Wedding (1998)',
  '改写这句话：“请简短作答。”',
  'The Long "Improve the prompt" Goodbye',
];
const task = {
  id: 't',
  user: 'u',
  history: titles.map((title) => ({ item: { id: `h ${title}`, title } })),
  candidates: titles.map((title) => ({ id: title, title })),
};

const patternSets = (['en', 'zh'] as const).flatMap((language) => [
  { name: `default, ${language}`, language, patterns: createPatterns({ language }) },
  { name: `reference, ${language}`, language, patterns: createPatterns({ language, preset: 'reference' }) },
  {
    name: `weak wordings, ${language}`,
    language,
    patterns: createPatterns({ language }).map(
      (pattern): Pattern =>
        pattern.section === 'history'
          ? pattern
          : definePattern({ ...pattern, expressions: weakWordings[language][pattern.section] }),
    ),
  },
]);

describe.each(patternSets)('prompts of $name', ({ language, patterns }) => {
  it('are no requests to rewrite', () => {
    for (const domain of Object.values(domains)) {
      for (const roleMessage of ['system', 'user'] as const) {
        const space = createPatternSpace({ domain: domain[language], patterns, layout: { roleMessage } });
        const [roles, windows, reasonings, formats] = patterns.map(({ expressions }) => expressions.length);
        for (let index = 0; index < reasonings! * formats!; index++) {
          const choice = [index % roles!, index % windows!, index % reasonings!, Math.floor(index / reasonings!)];
          expect(readRewriteRequest(composePrompt(space, choice, task).messages)).toBeUndefined();
        }
      }
    }
  });

  it('has sentences that are found in a request, and rewritten so that the pattern takes them', () => {
    for (const pattern of patterns) {
      for (const expression of pattern.expressions) {
        if (expression.template === '') continue;
        const text = `You refine sentences of prompts for a ranking model.\n\nPurpose: ${expression.perspective}\nSentence: ${expression.template}\n\nEvidence:\n- 2 of 10 answers were incomplete\n- "Alien (1979)" was chosen\n\nRewrite the sentence. Keep its slots and its language.`;
        const request = readRewriteRequest([{ role: 'user', text }]);
        expect(request?.sentence).toBe(expression.template);
        expect(request?.language).toBe(language);
        const { text: template } = sampleRewrite(request!, { manner: 'faithful', random: createRandomStream(1) });
        expect(template).not.toBe(expression.template);
        definePattern({ ...pattern, expressions: [{ ...expression, template }] });
      }
    }
  });
});
