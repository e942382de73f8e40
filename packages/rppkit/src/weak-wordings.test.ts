import {
  composePrompt,
  createPatternSpace,
  createPatterns,
  definePattern,
  domains,
  type Pattern,
} from '@rppkit/patterns';
import { weakWordings } from '@rppkit/simulator';
import { describe, expect, it } from 'vitest';

const listSlots = (template: string): readonly string[] =>
  [...template.matchAll(/\{(\w+)(?::[^{}]*)?\}/g)].map(([, name]) => name!).toSorted();

describe.each(['en', 'zh'] as const)('weakWordings, %s', (language) => {
  const strong = createPatterns({ language });
  const weak = strong.map((pattern): Pattern => {
    if (pattern.section === 'history') return pattern;
    return definePattern({ ...pattern, expressions: weakWordings[language][pattern.section] });
  });

  it('has the ids, perspectives, answers and slots of the default preset', () => {
    for (const [index, { expressions }] of weak.entries()) {
      const outline = ({ id, perspective, answer, template }: Pattern['expressions'][number]): unknown => ({
        id,
        perspective,
        answer,
        slots: listSlots(template),
      });
      expect(expressions.map(outline)).toEqual(strong[index]!.expressions.map(outline));
    }
  });

  it('words every sentence that says something differently', () => {
    for (const [index, { section, expressions }] of weak.entries()) {
      if (section === 'history') continue;
      for (const [place, { template }] of expressions.entries()) {
        const original = strong[index]!.expressions[place]!.template;
        expect(template === original).toBe(original === '');
      }
    }
  });

  it.each(Object.keys(domains) as (keyof typeof domains)[])('fills its slots about %s', (name) => {
    const space = createPatternSpace({ domain: domains[name][language], patterns: weak });
    const task = {
      id: 't',
      user: 'u',
      history: [{ item: { id: '1', title: 'First' } }, { item: { id: '2', title: 'Second' } }],
      candidates: ['Third', 'Fourth'].map((title) => ({ id: title, title })),
    };
    for (let place = 0; place < 9; place++) {
      const { text } = composePrompt(space, [place % 6, 0, place, place % 5], task);
      expect(text).not.toMatch(/[{}#]/);
      expect(text).not.toContain('undefined');
    }
  });
});
