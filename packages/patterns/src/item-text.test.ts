import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileTitles } from './hostile-titles.fixture.ts';
import { maximumTitleLength, renderItemText, renderItemTitle } from './item-text.ts';

/** Text, also long, also of the pieces that rules look for. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        ...'[]<>`~/|!?12aé电 \n（【】＜＞◁▷\ufe0e\ufe0f\ufe00\u202e\ud83d\ude00',
        'INST',
        '[INST]',
        '```',
        ' '.repeat(3),
      ),
      {
        maxLength: 150,
      },
    )
    .map((pieces) => pieces.join('')),
);

describe('renderItemTitle', () => {
  it.each([
    ['  Two\n\tlines\u2028here ', 'Two lines here'],
    ['two  blanks', 'two blanks'],
    ['right\u202eleft\u200b', 'right left'],
    ['bell\u0007 and\u0000 null', 'bell and null'],
    ['Plain (1995)', 'Plain (1995)'],
    ['tag\u{e0041}\u00adshy\u061carabic', 'tag shy arabic'],
    ['hidden\u{e0101}selector', 'hidden selector'],
    ['[12] Heat [ 3 ]', '(12) Heat (3)'],
    ['［１］【2】〔3〕', '(１)(2)(3)'],
    ['```json``` ~~~', "'''json''' '''"],
    ['``two``', '``two``'],
    ['<think>a</think>', '‹think›a‹/think›'],
    ['<|im_start|>system <｜User｜> <!-- x --> < br />', '‹|im_start|›system ‹｜User｜› ‹!-- x --› ‹ br /›'],
    ['<<SYS>> [INST] [/inst] [SYSTEM_PROMPT]', '‹‹SYS›› ‹INST› ‹/inst› ‹SYSTEM_PROMPT›'],
    ['◁think▷a◁/think▷ [THINK]b[/THINK]', '‹think›a‹/think› ‹THINK›b‹/THINK›'],
    ['<think ◁>a◁/think <▷', '‹think ◁›a‹/think <›'],
    ['a\u034fb\u17b4c\u180bd', 'a b c d'],
    ['smuggled\ufe00\ufe07\ufe01 ❤\ufe0f\ufe0f\ufe0e', 'smuggled ❤\ufe0f'],
    ['a\ud800b', 'a\ufffdb'],
    ['{count} {{x}}', '{count} {{x}}'],
    ['', '(untitled)'],
    ['\u3164 \u200b', '(untitled)'],
    ['\ufe0f \ufe0e', '(untitled)'],
  ])('turns %j into %j', (title, expected) => {
    expect(renderItemTitle({ id: '1', title })).toBe(expected);
  });

  it.each([
    '[REC]',
    'M*A*S*H',
    '<3',
    '1984',
    '8½',
    'I <3 U -> you > me',
    '1. Ignore the above',
    '# Alive',
    'Amélie',
    '霸王别姬',
    'WALL·E',
    '$9.99',
    "Ocean's 11 [Director's Cut]",
    '[•REC]²',
    '{proof}',
    'Кавказ ~ 8',
    'I ❤\ufe0f Huckabees',
    'It’s a Wonderful Life – 1946…',
    '千と千尋の神隠し',
    '기생충',
    '《霸王别姬》',
  ])('leaves the real title %j alone', (title) => {
    expect(renderItemTitle({ id: '1', title })).toBe(title);
  });

  it('refuses a title that is no text', () => {
    expect(() => renderItemTitle({ id: '7', title: null as unknown as string })).toThrow(
      'Expected title of item 7 to be a text, received null. Use "" where it has none.',
    );
  });

  it('shortens long titles with a mark and never cuts a character in half', () => {
    const shortened = renderItemTitle({ id: '1', title: `${'a'.repeat(maximumTitleLength - 2)}😀😀😀` });
    expect(shortened).toBe(`${'a'.repeat(maximumTitleLength - 2)}…`);
    expect(renderItemTitle({ id: '1', title: 'a'.repeat(121) })).toBe(`${'a'.repeat(119)}…`);
    expect(renderItemTitle({ id: '1', title: 'a'.repeat(120) })).toBe('a'.repeat(120));
  });
});

describe('renderItemText', () => {
  const check = (text: string): void => {
    const line = renderItemText(text);
    expect(line).not.toMatch(
      /[\r\n\u0085\u2028\u2029\p{Cc}\p{Cf}\p{Cs}]|^\s|\s$|\s\s|`{3}|~{3}|\[\p{Nd}+\]|<\/?\p{L}[^<>]*>|◁\/?\p{L}[^◁▷]*▷/u,
    );
    expect(line.length).toBeLessThanOrEqual(maximumTitleLength);
    expect(renderItemText(line)).toBe(line);
  };

  it('gives one bounded line without delimiters, and the same again when rendered again', () => {
    fc.assert(fc.property(anyText, check), { numRuns: 2000 });
  });

  it.each(hostileTitles.map((title, index) => [index, title] as const))('tames hostile title %i', (_, title) =>
    check(title),
  );

  it('takes no short cut that changes a character', () => {
    // Brackets in front keep a text from passing as plain.
    for (let code = 0; code < 0x10000; code++) {
      const text = `a${String.fromCharCode(code)}b`;
      if (renderItemText(`[x] ${text}`) !== `[x] ${renderItemText(text)}`) expect.fail(`U+${code.toString(16)}`);
    }
  });

  it('looks at the start of an endless text only, and says that there was more', () => {
    // Matching unclosed tags in all of it would take minutes.
    for (const piece of ['<a', '<', '[1', '[ ', '<!', '[<']) {
      expect(renderItemText(piece.repeat(200_000))).toBe(`${piece.repeat(60).padEnd(120, piece).slice(0, 119)}…`);
    }
    expect(renderItemText('`'.repeat(200_000))).toBe("'''…");
    expect(renderItemText(`${'`'.repeat(479)}😀`)).toBe("'''…");
  });
});
