/** What stands between the elements of a chain. */
export type SeparatorKind = 'order' | 'semicolon' | 'bar' | 'comma' | 'dash' | 'blank';

/** Tried at a place with `lastIndex`. */
export const separators: Readonly<Record<SeparatorKind, RegExp>> = {
  order: /[ \t\n]*(?:-{0,2}>{1,3}|={1,2}>?|[→≻≥➜⇒➡＞])[ \t\n]*/y,
  semicolon: /[ \t]*[;；][ \t\n]*/y,
  bar: /[ \t]*\|[ \t]*/y,
  comma: /[ \t]*[,，、][ \t\n]*(?:(?:and|then)[ \t]+)?|[ \t]+(?:and|then)[ \t]+/y,
  dash: /[ \t]+[-–—][ \t]+/y,
  blank: /[ \t]+(?=[[(]?\d)|(?=\[\d)/y,
};
/** In the order in which they are tried. */
export const kinds: readonly SeparatorKind[] = Object.keys(separators) as SeparatorKind[];
/** What a text holds where it may hold the separator. */
export const present: Readonly<Record<SeparatorKind, RegExp>> = {
  order: />|[→≻≥➜⇒➡]/,
  semicolon: /[;；]/,
  bar: /\|/,
  comma: /[,，、]/,
  dash: /[ \t][-–—][ \t]/,
  blank: /\d[\])]?[ \t]+[[(]?\d|\][ \t]*\[\d/,
};
