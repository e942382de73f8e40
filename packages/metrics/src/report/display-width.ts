/** Code points that a terminal draws two columns wide: East Asian wide and full-width blocks (Unicode annex 11). */
const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f200, 0x1f2ff],
  [0x20000, 0x3fffd],
];

let graphemes: Intl.Segmenter | undefined;

/**
 * Columns that a text takes in a terminal: 2 for an East Asian wide character or an emoji, 0 for combining marks, joiners
 * and other characters that are not drawn, else 1. Terminals differ for rare characters.
 */
export function computeDisplayWidth(text: string): number {
  // Made when first asked for: importing the module costs nothing.
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += computeGraphemeWidth(segment);
  return width;
}

function computeGraphemeWidth(grapheme: string): number {
  if (/^[\p{Cc}\p{Cf}\p{M}]*$/u.test(grapheme)) return 0;
  // U+FE0F asks for the coloured, wide form of a symbol.
  if (/\p{Emoji_Presentation}|\uFE0F/u.test(grapheme)) return 2;
  const codePoint = grapheme.codePointAt(0)!;
  return wideRanges.some(([first, last]) => codePoint >= first && codePoint <= last) ? 2 : 1;
}
