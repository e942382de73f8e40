import type { Span } from './line-shapes.ts';

/** The end of a clause, and words that end in a colon or in front of a number in brackets: where another chain may begin. */
const start =
  /[.。;；!！?？,，][^>→≻≥\d[\]【】\n\ue000:：]{1,60}[:：][ \t]*|[.。;；!！?？][^>→≻≥\d[\]【】\n\ue000:：]{0,60}(?=[[【]\d)/g;

/** A part of a line that may be a chain of its own. */
export interface ChainPart {
  readonly span: Span;
  /** The words in front of it. */
  readonly label: string;
}

/** The parts of a line that says its chain again, as in `Draft: [2] > [1]; final: [1] > [2]`; the line itself without such. */
export function listChainParts(text: string, offset: number): ChainPart[] {
  const parts: ChainPart[] = [];
  let from = 0;
  let label = '';
  for (const { index, 0: match } of text.matchAll(start)) {
    parts.push({ span: [offset + from, offset + index], label });
    [from, label] = [index + match.length, match];
  }
  parts.push({ span: [offset + from, offset + text.length], label });
  return parts;
}
