import { describe, expect, it } from 'vitest';
import { splitPrompt } from './split-prompt.ts';

describe('splitPrompt', () => {
  it('gives every part of the prompt, with names on the sections', () => {
    const text = 'You rank.\n\nStray text.\n\nWrite <b>.';
    const spans = [
      { section: 'role', start: 0, end: 9 },
      { section: 'tone', start: 24, end: 34 },
    ];
    expect(splitPrompt({ text, spans })).toEqual([
      { section: 'role', text: 'You rank.' },
      { text: '\n\nStray text.\n\n' },
      { section: 'tone', text: 'Write <b>.' },
    ]);
  });

  it('refuses spans that do not fit the text', () => {
    const span = (start: number, end: number) => ({ section: 'role', start, end });
    expect(() => splitPrompt({ text: 'abc', spans: [span(0, 4)] })).toThrow('received');
    expect(() => splitPrompt({ text: 'abc', spans: [span(0, 2), span(1, 3)] })).toThrow(
      'to lie in order between 2 and 3',
    );
  });
});
