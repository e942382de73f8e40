import { describe, expect, it } from 'vitest';
import { renderPromptText } from './prompt-text.ts';

const blocks = (html: string): string[] =>
  [
    ...html.matchAll(
      /<div class="section section-(\w+)">(?:<span class="label">(\w+)<\/span>)?<pre dir="auto">([^<]*)<\/pre>/g,
    ),
  ].map((match) => match.slice(1).join('|'));

describe('renderPromptText', () => {
  it('shows every part of the prompt, with labels on the sections', () => {
    const text = 'You rank.\n\nStray text.\n\nWrite <b>.';
    const html = renderPromptText({
      text,
      spans: [
        { section: 'role', start: 0, end: 9 },
        { section: 'tone', start: 24, end: 34 },
      ],
    });
    expect(blocks(html)).toEqual(['role|role|You rank.', 'other||\n\nStray text.\n\n', 'other|tone|Write &lt;b&gt;.']);
  });

  it('refuses spans that do not fit the text', () => {
    const span = (start: number, end: number) => ({ section: 'role', start, end });
    expect(() => renderPromptText({ text: 'abc', spans: [span(0, 4)] })).toThrow('received');
    expect(() => renderPromptText({ text: 'abc', spans: [span(0, 2), span(1, 3)] })).toThrow(
      'to lie in order between 2 and 3',
    );
  });
});
