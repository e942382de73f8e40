import { InvalidArgumentError, type Item } from '@rppkit/spec';

/** Longest title or attribute that a prompt shows, in UTF-16 code units; longer ones end in an ellipsis. */
export const maximumTitleLength = 120;

const untitled = '(untitled)';

/**
 * An item's title as `renderItemText` shows it; `(untitled)` where nothing is left of it. Throws `InvalidArgumentError` for a
 * title that is no text.
 */
export function renderItemTitle(item: Item): string {
  if (typeof item.title !== 'string') {
    throw new InvalidArgumentError(`title of item ${item.id}`, 'a text', item.title, 'Use "" where it has none.');
  }
  return renderItemText(item.title) || untitled;
}

/** Control and format characters, separators, and characters without a shape: what breaks, reorders or hides text. */
const unseen = /(?:(?![\ufe0e\ufe0f])[\p{Cc}\p{Cf}\p{DI}\p{Zl}\p{Zp}\u2800])+/gu;
/** Selectors of emoji style that select nothing, being first, after a blank or after another. */
const straySelector = /(?<=^|\s|\ufe0e|\ufe0f)(?:\ufe0e|\ufe0f)/gu;
/** `[12]`, the mark of a candidate, also with brackets and digits of other scripts. */
const marker = /[[［【〔]\s*(\p{Nd}+)\s*[\]］】〕]/gu;
const fence = /`{3,}|~{3,}/g;
/** `<think>`, `</think>`, `<|im_start|>`, `<<SYS>>`, `<!-- -->`; not `<3` and not `->`. */
const tag = /[<＜]+\s*[/|｜!?]*\s*\p{L}[^<>＜＞]*[>＞]+|[<＜]+[!?|｜][^<>＜＞]*[>＞]+/gu;
/** `◁think▷`, as some models write it. */
const triangleTag = /◁(\s*\/?\s*\p{L}[^◁▷]*)▷/gu;
const templateTag =
  /\[\s*(\/?\s*(?:INST|SYS|THINK|SYSTEM(?:_PROMPT)?|(?:AVAILABLE_)?TOOLS|TOOL_(?:CALLS|RESULTS|CONTENT)))\s*\]/gi;

/**
 * Text of an item as one line of a list: data, not instructions. Control characters, line breaks and what reorders or hides
 * text become blanks; `[12]` becomes `(12)`, a code fence `'''`, and tags lose their brackets: `‹think›`. Rendering twice
 * changes nothing.
 */
export function renderItemText(text: string): string {
  if (isPlain(text)) return text;
  const whole = text
    .replace(unseen, ' ')
    .replace(straySelector, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/\s+/g, ' ')
    .trim();
  const line = whole
    .slice(0, readLength)
    .replace(tag, (match) => match.replace(/[<＜]/g, '‹').replace(/[>＞]/g, '›'))
    .replace(triangleTag, '‹$1›')
    .replace(templateTag, '‹$1›')
    .replace(marker, '($1)')
    .replace(fence, "'''");
  if (line.length <= maximumTitleLength && whole.length <= readLength) return line;
  return `${line
    .slice(0, maximumTitleLength - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}

/** How much of a text is looked at for delimiters: what follows is cut off anyway, and matching may be quadratic. */
const readLength = 4 * maximumTitleLength;

/**
 * True for text that rendering would not change: printable ASCII but for brackets, backticks and tildes, letters of the most
 * common scripts, dashes and curly quotes, single blanks. Nearly all titles are, and every prompt shows dozens.
 */
function isPlain(text: string): boolean {
  if (text.length > maximumTitleLength) return false;
  // A blank in front counts as a second one.
  let previous = blank;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    const plain =
      (code > blank && code < 0x7e && code !== leftBracket && code !== lessThan && code !== backtick) ||
      (code === blank && previous !== blank) ||
      // Latin with marks; Greek, Coptic and Cyrillic; dashes, quotes and the ellipsis; kana; Chinese; Hangul.
      (code >= 0xc0 && code < 0x250) ||
      (code >= 0x370 && code < 0x530) ||
      (code >= 0x2010 && code < 0x2028) ||
      (code >= 0x3041 && code < 0x3100) ||
      (code >= 0x4e00 && code < 0xa000) ||
      (code >= 0xac00 && code < 0xd7a4);
    if (!plain) return false;
    previous = code;
  }
  return previous !== blank;
}

const blank = 0x20;
const lessThan = 0x3c;
const leftBracket = 0x5b;
const backtick = 0x60;
