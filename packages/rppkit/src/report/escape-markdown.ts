import { cleanText, cutText } from './escape-html.ts';

/**
 * Third-party text as inline Markdown on one line, also for cells of tables: cut (default 140 characters), invisible characters
 * made visible, and nothing in it read as markup, HTML or a link. It must not begin a line.
 */
export function renderMarkdownText(text: string, limit = 140): string {
  return cleanText(cutText(text, limit))
    .replace(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]#|~@!$]/g, '\\$&')
    .replaceAll('://', '\\://')
    .replace(/www\./gi, (found) => found.replace('.', '\\.'));
}

/** A text as a block of code, cleaned, whose fence no line of it can close. */
export function renderMarkdownCode(text: string): string {
  const code = cleanText(text);
  const longest = Math.max(2, ...Array.from(code.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${code}\n${fence}`;
}
