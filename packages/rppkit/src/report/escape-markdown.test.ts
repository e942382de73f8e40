import { expect, it } from 'vitest';
import { renderMarkdownCode, renderMarkdownText } from './escape-markdown.ts';

it('leaves nothing that Markdown, HTML or a terminal would read', () => {
  expect(renderMarkdownText('Se7en (1995): a *b* _c_ | [d](http://e) <script>&')).toBe(
    'Se7en (1995): a \\*b\\* \\_c\\_ \\| \\[d\\](http\\://e) &lt;script&gt;&amp;',
  );
  expect(renderMarkdownText('a\n\n# b\u001b[31m\u202e www.c.de x@y.z')).toBe(
    'a \\# b\\[U+001B\\]\\[31m\\[U+202E\\] www\\.c.de x\\@y.z',
  );
  expect(renderMarkdownText('x'.repeat(200), 3)).toBe('xxx… \\[cut from 200 characters\\]');
});

it('keeps code in its fence', () => {
  expect(renderMarkdownCode('rppkit train')).toBe('```\nrppkit train\n```');
  expect(renderMarkdownCode('a\n```\nb\u001b')).toBe('````\na\n```\nb[U+001B]\n````');
});
