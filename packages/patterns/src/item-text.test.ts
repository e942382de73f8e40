import { describe, expect, it } from 'vitest';
import { maximumTitleLength, renderItemTitle } from './item-text.ts';

describe('renderItemTitle', () => {
  it.each([
    ['  Two\n\tlines\u2028here ', 'Two lines here'],
    ['right\u202eleft\u200b', 'right left'],
    ['bell\u0007 and\u0000 null', 'bell and null'],
    ['Plain (1995)', 'Plain (1995)'],
  ])('turns %j into one line', (title, expected) => {
    expect(renderItemTitle({ id: '1', title })).toBe(expected);
  });

  it('shortens long titles with a mark and never cuts a character in half', () => {
    const shortened = renderItemTitle({ id: '1', title: `${'a'.repeat(maximumTitleLength - 2)}😀😀😀` });
    expect(shortened).toBe(`${'a'.repeat(maximumTitleLength - 2)}…`);
  });
});
