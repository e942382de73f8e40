import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText, cutText, escapeHtml, renderForeignText } from './escape-html.ts';

describe('escapeHtml', () => {
  it('escapes markup and both kinds of quotes', () => {
    expect(escapeHtml(`<a href="x" title='y'>&amp;`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;');
  });

  it('names control characters, direction marks and broken surrogates', () => {
    expect(escapeHtml('a\u001b[31mb\u202ec\u0000\ud800\r\nd\te')).toBe('a[U+001B][31mb[U+202E]c[U+0000]\ufffd\nd\te');
  });

  it('leaves letters of every script alone', () => {
    const title = 'שלום Amélie 東京 👩‍🚀';
    expect(escapeHtml(title)).toBe(title);
  });

  it('never lets a markup character, a control character or a direction mark through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const html = escapeHtml(text);
        expect(html).not.toMatch(/[<>"']|\p{Surrogate}|[\u202a-\u202e\u2066-\u2069]/u);
        expect(html).not.toMatch(/[^\P{Control}\n\t]/u);
        expect(html).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/);
      }),
    );
  });
});

describe('cutText', () => {
  it('cuts between characters and says how long the text was', () => {
    expect(cutText('👍👍👍', 3)).toBe('👍👍👍');
    expect(cutText('👍👍👍', 2)).toBe('👍👍… [cut from 3 characters]');
    expect(renderForeignText('x'.repeat(10_000), 5)).toBe('<bdi>xxxxx… [cut from 10,000 characters]</bdi>');
  });
});

describe('cleanText', () => {
  it('leaves markup to the caller', () => {
    expect(cleanText('<b>\u0007')).toBe('<b>[U+0007]');
  });
});
