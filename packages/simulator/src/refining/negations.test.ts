import { describe, expect, it } from 'vitest';
import { dropNegations, hasNegation } from './negations.ts';

describe('negations', () => {
  it.each([
    ['How famous it is does not matter.', 'How famous it is matters.'],
    ['Do not consider fame.', 'Consider fame.'],
    ['Don’t explain; never comment.', 'Explain; always comment.'],
    ['With no explanation and nothing else.', 'With some explanation and something else.'],
    ['Write it without comments, neither long nor short.', 'Write it with comments, also long also short.'],
    ['Pay no attention to {anItem:no|not}.', 'Pay much attention to {anItem:no|not}.'],
  ])('%s → %s', (denied, affirmed) => {
    expect(hasNegation(denied.replaceAll(/\{.*?\}/g, ''), 'en')).toBe(true);
    expect(dropNegations(denied, 'en')).toBe(affirmed);
    expect(hasNegation(affirmed.replaceAll(/\{.*?\}/g, ''), 'en')).toBe(false);
  });

  it.each([
    ['不必考虑名气。', '要考虑名气。'],
    ['不作任何解释，也不写其他文字。', '作解释，也写其他文字。'],
    ['别让名气影响你，没有例外。', '要让名气影响你，有例外。'],
  ])('%s → %s', (denied, affirmed) => {
    expect(hasNegation(denied, 'zh')).toBe(true);
    expect(dropNegations(denied, 'zh')).toBe(affirmed);
    expect(hasNegation(affirmed, 'zh')).toBe(false);
  });

  it.each(['Note the knot.', 'Another one.'])('sees none in: %s', (text) => {
    expect(hasNegation(text, 'en')).toBe(false);
    expect(dropNegations(text, 'en')).toBe(text);
  });

  it.each(['特别分别不同的类别', '有没有名', '别的内容'])('sees none in: %s', (text) => {
    expect(hasNegation(text, 'zh')).toBe(false);
    expect(dropNegations(text, 'zh')).toBe(text);
  });
});
