import { defaultPatterns } from '@rppkit/patterns';
import { weakWordings, worldPresets } from '@rppkit/simulator';
import { expect, it } from 'vitest';
import { selectPatterns } from './select-patterns.ts';

it('has the default action spaces for every source but weak-wording', () => {
  for (const preset of worldPresets) {
    const patterns = selectPatterns({ data: { kind: 'synthetic', preset, users: 5 } });
    expect(patterns === defaultPatterns, preset).toBe(preset !== 'weak-wording');
  }
  expect(selectPatterns({ data: { kind: 'files', path: 'weak-wording' } })).toBe(defaultPatterns);
});

it('words the same choices weakly for weak-wording, and leaves windows alone', () => {
  const patterns = selectPatterns({ data: { kind: 'synthetic', preset: 'weak-wording', users: 5 } });
  expect(patterns).toHaveLength(defaultPatterns.length);
  for (const [index, pattern] of patterns.entries()) {
    const strong = defaultPatterns[index]!;
    expect(pattern.name).toBe(strong.name);
    expect(pattern.expressions.map(({ id }) => id)).toEqual(strong.expressions.map(({ id }) => id));
    const weak = pattern.section === 'history' ? strong.expressions : weakWordings.en[pattern.section];
    expect(pattern.expressions.map(({ template }) => template)).toEqual(weak.map(({ template }) => template));
  }
});
