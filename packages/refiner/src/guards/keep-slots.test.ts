import { describe, expect, it } from 'vitest';
import { createOwnRewrite, createRewrite, getFinding } from './find-expression.fixture.ts';
import { createKeepSlotsGuard } from './keep-slots.ts';

const guard = createKeepSlotsGuard();
const find = (language: 'en' | 'zh', id: string, text: string) =>
  getFinding(guard.check(createRewrite(language, id, text)));

describe('keep-slots', () => {
  it.each([
    ['en', 'by-history', 'Rank {itemsNoun} by what I {interactedVerb}.'],
    ['en', 'brief', 'Shortly: {count:one title|# titles} and no other words.'],
    ['zh', 'heading', '{orderPhrase}{historyItems}{measureWord}{historyCount:这一|这 # }{interactedVerb}：'],
  ] as const)('passes the same slots in any order and other words in forms: %s %s', (language, id, text) => {
    expect(find(language, id, text)).toBe('passed');
  });

  it.each([
    ['lost', 'en', 'by-history', 'Rank by what I {interactedVerb}.'],
    ['filled in', 'en', 'by-history', 'Rank the movies I {interactedVerb}.'],
    ['doubled', 'en', 'by-history', '{itemsNoun} and {itemsNoun} that I {interactedVerb}.'],
    ['added', 'en', 'plain', 'Rank what I should {interactVerb} of {itemsNoun}.'],
    ['renamed', 'en', 'by-history', 'Rank {items} by what I {interactedVerb}.'],
    ['of another template', 'en', 'by-history', 'Rank {itemsNoun} I {interactedVerb} after {latestTitle}.'],
    ['without forms', 'en', 'brief', 'Be brief: {count} titles and no other words.'],
    ['with one form', 'en', 'brief', 'Be brief: {count:all # titles}.'],
    ['without #', 'en', 'brief', 'Be brief: {count:the title|all titles}.'],
    ['with # in the wrong form', 'en', 'brief', 'Be brief: {count:# titles|the title}.'],
    ['with forms added', 'en', 'structured', 'JSON {count:a|# b} {firstNumber:a|#} {lastNumber}.'],
    ['left open', 'zh', 'brief', '请简短作答：{count:标题|# 个标题'],
    ['closed twice', 'zh', 'brief', '请简短作答：{count:标题|# 个标题}}'],
    ['nested', 'zh', 'brief', '请简短作答：{count:{count}|# 个标题}'],
  ] as const)('rejects a slot %s', (_, language, id, text) => {
    expect(find(language, id, text)).toBe('slots');
  });

  it('keeps escaped braces as many as they were', () => {
    const parent = 'Use {{ and {itemsNoun}.';
    expect(getFinding(guard.check(createOwnRewrite(parent, 'With {itemsNoun} and {{.')))).toBe('passed');
    expect(getFinding(guard.check(createOwnRewrite(parent, 'With {itemsNoun}.')))).toBe('slots');
  });

  it('tells which slots were expected', () => {
    const outcome = guard.check(createRewrite('en', 'by-history', 'Rank them.'));
    expect(outcome).toMatchObject({ detail: expect.stringContaining('{interactedVerb}, {itemsNoun}') });
  });
});
