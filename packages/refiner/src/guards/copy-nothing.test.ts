import { describe, expect, it } from 'vitest';
import { createCopyNothingGuard } from './copy-nothing.ts';
import { createOwnRewrite, getFinding } from './find-expression.fixture.ts';

const guard = createCopyNothingGuard();
const context = [
  'The Lantern Keepers of Hollow Bay (1987)',
  'Amélie',
  'Saltwater Arithmetic',
  'The Best',
  'Order',
  'Next in Line',
  'M',
  '1984',
  'I like slow endings on the night train home.',
  '雾港守夜人',
  '我下班后只想轻松一下，不碰太沉重的。',
  '活着',
  '最近',
];
const find = (text: string, parent = 'Sort the candidates by what I like best.') =>
  getFinding(guard.check(createOwnRewrite(parent, text, { context })));

describe('copy-nothing', () => {
  it.each([
    'Rank the candidates by what I like the best.',
    'Put the best in order in 1984 words.',
    'I like them in order.',
    'Rank M candidates, on the whole, by taste.',
    '请按最近的喜好排列候选。',
    '请让它们活着一样有趣。',
  ])('passes words that any prompt may have: %s', (text) => {
    expect(find(text)).toBe('passed');
  });

  it.each([
    ['a whole title', 'Rank them like The Lantern Keepers of Hollow Bay.'],
    ['a title without its article and year', 'Rank them like Lantern Keepers of Hollow Bay.'],
    ['a title in small letters', 'Rank them like the lantern keepers of hollow bay, 1987.'],
    ['a title without signs and accents', 'Rank them; "AMELIE" first.'],
    ['a title of one unusual word', 'Rank them as in Amelie.'],
    ['a common word in quotation marks', 'Rank them like “Order”.'],
    ['common words as a title inside', 'Rank them as they are ranked in Next in Line.'],
    ['a part of a title', 'Rank them, keepers of hollow bay first.'],
    ['a title with a word exchanged', 'Rank them like The Lantern Makers of Hollow Bay.'],
    ['a title with a letter exchanged', 'Rank them like Saltwater Arithmetik.'],
    ['a title with a letter too many', 'Rank them like Salttwater Arithmetic.'],
    ['a title split', 'Rank them like Salt water Arithmetic.'],
    ['a part of a user’s line', 'Rank them for slow endings on the night train.'],
    ['a Chinese title', '请像雾港守夜人那样排列候选。'],
    ['a Chinese title with a character exchanged', '请像雾港守灯人那样排列候选。'],
    ['a part of a Chinese line', '请排列候选，只想轻松一下。'],
    ['a short Chinese title in its signs', '请像《活着》那样排列候选。'],
  ])('rejects %s: %s', (_, text) => {
    expect(find(text)).toBe('copied');
  });

  it('lets the parent keep its own words', () => {
    expect(find('Sort by Amélie.', 'Order the candidates by Amélie.')).toBe('passed');
    expect(find('像雾港守夜人那样。', '按雾港守夜人排列。')).toBe('passed');
  });

  it('sees no copy across a slot, and none without a context', () => {
    expect(find('Rank them, saltwater {itemsNoun} arithmetic.')).toBe('passed');
    const rewrite = createOwnRewrite('Order them.', 'Rank Amélie first.');
    expect(getFinding(guard.check(rewrite))).toBe('passed');
  });

  it('makes the index of a context once', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `Tale ${index} of the Quiet Harbour`);
    const reads: string[] = [];
    const watched = new Proxy(many, {
      get(target, name, receiver) {
        if (typeof name === 'string') reads.push(name);
        return Reflect.get(target, name, receiver);
      },
    });
    const rewrite = createOwnRewrite('Order them.', 'Rank the tale of the quiet harbour.', { context: watched });
    expect(getFinding(guard.check(rewrite))).toBe('copied');
    const read = reads.length;
    guard.check({ ...rewrite, text: 'Rank them.' });
    expect(reads.length - read).toBeLessThan(5);
  });
});
