import { describe, expect, it } from 'vitest';
import { createDifferGuard, foldSentence } from './differ.ts';
import { createOwnRewrite, getFinding } from './find-expression.fixture.ts';

const guard = createDifferGuard();
const find = (parent: string, text: string) => getFinding(guard.check(createOwnRewrite(parent, text)));

describe('differ', () => {
  it.each([
    ['Order the candidates.', 'Order the candidates.'],
    ['Order the candidates.', '  please ORDER the   candidates!'],
    ['Order the candidates.', 'Kindly order the “candidates”…'],
    ['Order the candidates.', 'Could you order the can\u00addidates?'],
    ['Order the candidates.', 'Ｏｒｄｅｒ the candidates'],
    ['Write {count:one title|all # titles}.', 'Write {count:one title|all # titles,}'],
    ['请排列候选。', '排列候选'],
    ['请排列候选。', '麻烦您排列候选！'],
    ['请排列候选：\n1. 甲', '请\u200b排列 候选，1. 甲'],
  ])('rejects %s → %s', (parent, text) => {
    expect(find(parent, text)).toBe('unchanged');
  });

  it.each([
    ['Order the candidates.', 'Rank the candidates.'],
    ['Write {count:one title|all # titles}.', 'Write {count:one title|all titles}.'],
    ['Write {count:one title|all # titles}.', 'Write {count:one title all|# titles}.'],
    ['请排列候选。', '请给候选排序。'],
  ])('passes %s → %s', (parent, text) => {
    expect(find(parent, text)).toBe('passed');
  });

  it('folds to letters, digits and the marks of slots', () => {
    expect(foldSentence('Please, write {count:1|#} Café!')).toBe('write{count1|#}cafe');
  });
});
