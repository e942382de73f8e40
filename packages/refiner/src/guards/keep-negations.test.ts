import { describe, expect, it } from 'vitest';
import { createOwnRewrite, getFinding } from './find-expression.fixture.ts';
import { createKeepNegationsGuard } from './keep-negations.ts';

const guard = createKeepNegationsGuard();
const find = (parent: string, text: string) =>
  getFinding(guard.check(createOwnRewrite(parent, text, { language: /\p{sc=Han}/u.test(parent) ? 'zh' : 'en' })));

const plain = 'Order the candidates by my taste.';
const fame = 'Order by my taste; fame does not matter.';
const bare = 'Write a list, with no explanation and no other words.';
const plainZh = '请按我的口味排列候选。';
const fameZh = '请只按我的口味排列，不必考虑名气。';
const bareZh = '请写列表，不解释，也不写其他文字。';

describe('keep-negations', () => {
  it.each([
    [plain, 'Rank by nothing but my taste.'],
    [plain, 'Rank by my taste alone, and by nothing else.'],
    [plain, 'Do not hesitate to rank by my taste.'],
    [plain, 'My taste, no doubt, is what to rank by.'],
    [plain, 'Rank without omitting any, and never fail to go by my taste.'],
    [plain, 'Rank by my taste without exception.'],
    [plain, 'Rank not only by what I like, but by my whole taste.'],
    [fame, 'It’s my taste that counts, whatever the fame.'],
    [fame, 'Go by taste and leave fame aside.'],
    [fame, 'Famous or not, rank by my taste.'],
    [fame, 'Never mind how well-known it is; go by my taste.'],
    [bare, 'Write a list. Leave out explanations and any other words.'],
    [bare, 'Write a list, free of explanations, comments or other words.'],
    [bare, 'Write a list and nothing more, neither an explanation nor other words.'],
    [bare, 'Write a list; do not explain or comment, and do not add other words.'],
    [plainZh, '请按不同的口味特别排列候选，不断比较。'],
    [plainZh, '请只按我的口味排列候选，不要遗漏。'],
    [plainZh, '无论哪个候选，都请按我的口味排列，不得有误。'.replace('，不得有误', '')],
    [plainZh, '请不仅看类别，而且按我的口味排列候选。'],
    [fameZh, '只看口味，名气不在考虑之列。'],
    [fameZh, '请抛开名气，只看我的口味。'],
    [fameZh, '不论名气大小，只按我的口味排。'],
    [bareZh, '请写列表，省去解释和其他文字。'],
    [bareZh, '只写列表，除此之外什么都不要写，也不要解释。'],
  ])('passes %s → %s', (parent, text) => {
    expect(find(parent, text)).toBe('passed');
  });

  it.each([
    [plain, 'Don’t order the candidates by my taste.'],
    [plain, "Don't order the candidates by my taste."],
    [plain, 'Avoid my taste when you order the candidates.'],
    [plain, 'Order the candidates by anything but my taste.'],
    [plain, 'Order the candidates in the reverse of my taste.'],
    [plain, 'Instead of my taste, use your own to order the candidates.'],
    [plain, 'Refrain from ordering by my taste.'],
    [plain, 'Order the candidates by what I dislike.'],
    [plain, 'Order the candidates by my distaste.'],
    [plain, 'Order the can\u00addidates n\u200bot by my taste.'],
    [fame, 'Order by my taste; fame matters.'],
    [fame, 'Order by my taste; do not disregard fame.'],
    [fame, 'Order by my taste.'],
    [fame, 'Do not order by my taste; fame does not matter.'],
    [fame, 'Order by fame, not by my taste.'],
    [bare, 'Write a list.'],
    [bare, 'Write a list, with an explanation and no other words.'],
    [bare, 'Write a list, never without explanation and other words.'],
    [bare, 'Write no list, no explanation and no other words.'],
    [bare, 'Write a list, with explanations.'],
    ['Write only the list.', 'Write not only the list.'],
    ['Write the {count:title|# titles}.', 'Write {count:no title|all # titles}.'],
    [plainZh, '请不要按我的口味排列候选。'],
    [plainZh, '切勿按我的口味排列候选。'],
    [plainZh, '请按别人的而非我的口味排列候选。'],
    [plainZh, '请反着我的口味排列候选。'],
    [plainZh, '请按除我的口味以外的标准排列候选。'],
    [fameZh, '请只按我的口味排列，也考虑名气。'],
    [fameZh, '请只按我的口味排列，不要忽略名气。'],
    [fameZh, '请不要只按我的口味排列，不必考虑名气。'],
    [bareZh, '请写列表，要解释，也要写其他文字。'],
    [bareZh, '请写列表，不要省略解释，也不要省略其他文字。'],
    [bareZh, '请不要写列表，不解释，也不写其他文字。'],
    [bareZh, '请写列表。'],
  ])('rejects %s → %s', (parent, text) => {
    expect(find(parent, text)).toBe('negation');
  });

  it('keeps denials that it has no name for', () => {
    const parent = 'Do not judge a book by its cover.';
    expect(find(parent, 'Never judge books by their covers.')).toBe('passed');
    expect(find(parent, 'Judge books by their covers.')).toBe('negation');
    expect(find(parent, 'Never judge books by their covers, and do not read them.')).toBe('negation');
  });

  it('does not check other languages', () => {
    const rewrite = createOwnRewrite('Ordne sie.', 'Ordne sie nicht.', { language: 'de' });
    expect(getFinding(guard.check(rewrite))).toBe('not-checked');
  });
});
