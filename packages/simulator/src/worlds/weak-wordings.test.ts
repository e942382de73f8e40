import { describe, expect, it } from 'vitest';
import { readGuidance } from '../reading/read-guidance.ts';
import { plainSentences } from '../refining/sentences.fixture.ts';
import { fillSlots, readSlots } from '../refining/slots.ts';
import { weakWordings } from './weak-wordings.ts';

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

/** Both wordings of every perspective that says anything; the fixture begins with the default preset in its order. */
const pairs = (['en', 'zh'] as const).flatMap((language) => {
  const { role, reasoning, format } = weakWordings[language];
  const weak = [...role, ...reasoning, ...format].filter(({ template }) => template !== '');
  return weak.map(({ id, template }, index) => ({
    language,
    id,
    weak: template,
    strong: plainSentences[language][index]!,
  }));
});
const read = (sentence: string, language: 'en' | 'zh'): ReturnType<typeof readGuidance> => {
  const [head = ''] = sentence.split(/\n(?=\d\. <)/);
  return readGuidance(fillSlots(head, language), head !== sentence);
};
const listSlots = (sentence: string): readonly string[] =>
  readSlots(sentence)
    .map(({ name }) => name)
    .toSorted();

describe('weakWordings', () => {
  it('has 6 roles, 9 reasonings and 5 formats in each language', () => {
    for (const { role, reasoning, format } of Object.values(weakWordings)) {
      expect([role.length, reasoning.length, format.length]).toEqual([6, 9, 5]);
    }
    expect(pairs).toHaveLength(38);
  });

  it.each(pairs)('$language $id says 30 to 50 % of what the strong wording says', ({ language, weak, strong }) => {
    const [said, meant] = [read(weak, language), read(strong, language)];
    for (const concept of concepts) {
      const [is, full] = [said[concept] * Math.sign(meant[concept] || 1), Math.abs(meant[concept])];
      if (full >= 0.3) {
        expect(is / full, concept).toBeGreaterThanOrEqual(0.3);
        expect(is / full, concept).toBeLessThanOrEqual(0.5);
      } else expect(Math.abs(is), concept).toBeLessThanOrEqual(full);
    }
  });

  it.each(pairs)('$language $id asks for the same form with the same slots', ({ language, weak, strong }) => {
    expect(read(weak, language).answer).toEqual(read(strong, language).answer);
    expect(listSlots(weak)).toEqual(listSlots(strong));
  });

  it('asks for the strengths that the strong wordings are known to have', () => {
    const strength = (id: string, concept: (typeof concepts)[number]): number =>
      read(pairs.find((pair) => pair.language === 'en' && pair.id === id)!.strong, 'en')[concept];
    expect(strength('expert', 'niche')).toBeGreaterThan(0.5);
    expect(strength('crowd', 'popularity')).toBeGreaterThan(0.5);
    expect(strength('preferences-only', 'popularity')).toBeLessThan(-0.4);
    expect(strength('next-step-by-step', 'deliberation')).toBeGreaterThan(0.5);
    expect(strength('infer-preferences', 'overall')).toBeGreaterThan(0.4);
    expect(strength('update-preferences', 'recency')).toBeGreaterThan(0.6);
    expect(strength('similar-preferences', 'taste')).toBeGreaterThan(0.4);
    expect(strength('brief', 'brevity')).toBeGreaterThan(0.6);
    expect(strength('example', 'explicitness')).toBeGreaterThan(0.6);
  });
});
