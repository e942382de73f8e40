import { mask } from './clean-answer.ts';
import { isWordUnit } from './fold-text.ts';
import { readMarker } from './read-marker.ts';
import { refusal } from './refusal.ts';
import type { TitleIndex } from './title-index.ts';

/** Brackets, quotes, fences and arrows; numbers in a row; a line's marker; a label in front of a list. */
const structure = /[<>[\]{}|`"“”‹›=→≻【】]|\d\s*[,;、，；]\s*\d|^\s*(?:[(（]?\d{1,3}\s*[.)）、:：]|[-*•+#>]\s)/u;
const thinkingTag = /^<\s*[/|]?\s*(?:think|thinking|reasoning|analysis|channel)\b/i;

const memo = new WeakMap<TitleIndex, readonly string[]>();

/** Titles, longest first and also as JSON writes them, that could pass for part of a list if they were not hidden. */
function listStructuralTitles(titles: TitleIndex): readonly string[] {
  let forms = memo.get(titles);
  if (forms === undefined) {
    const found = new Set<string>();
    for (const { texts } of titles.keys) {
      for (const text of texts) {
        if (text.length < 2 || /^\d+$/.test(text) || !isStructural(text)) continue;
        found.add(text);
        found.add(JSON.stringify(text).slice(1, -1));
      }
    }
    forms = [...found].sort((a, b) => b.length - a.length);
    memo.set(titles, forms);
  }
  return forms;
}

function isStructural(text: string): boolean {
  const { kind, weak } = readMarker(text, 0, text.length);
  return structure.test(text) || refusal.test(text) || (kind !== 'none' && !weak);
}

/** Whether a text echoes a candidate's title that holds tags, which then are no noise. */
export function echoesTags(text: string, titles: TitleIndex): boolean {
  return listStructuralTitles(titles).some((title) => title.includes('<') && text.includes(title));
}

/**
 * Replaces echoed titles that could pass for the structure of a list, unit by unit, so that nothing inside a title starts,
 * ends or becomes a list. An answer that is a title and nothing else is left alone.
 */
export function maskTitles(body: string, titles: TitleIndex): string {
  const forms = listStructuralTitles(titles);
  if (forms.length === 0) return body;
  let masked = body;
  for (const form of forms) {
    if (!masked.includes(form)) continue;
    let hidden = '';
    let from = 0;
    for (let at = masked.indexOf(form); at >= 0; at = masked.indexOf(form, Math.max(at + 1, from))) {
      if (!isEcho(masked, at, form, titles)) continue;
      hidden += masked.slice(from, at) + mask.repeat(form.length);
      from = at + form.length;
    }
    masked = hidden + masked.slice(from);
  }
  return masked;
}

function isEcho(text: string, at: number, form: string, titles: TitleIndex): boolean {
  const end = at + form.length;
  const before = text.slice(Math.max(0, at - 16), at);
  const after = text.slice(end, end + 24);
  if (isWordUnit(form.charCodeAt(0)) && at > 0 && isWordUnit(text.charCodeAt(at - 1))) {
    if (text.charCodeAt(at - 1) < 0x2e80) return false;
  }
  if (isWordUnit(form.charCodeAt(form.length - 1)) && end < text.length && isWordUnit(text.charCodeAt(end)))
    return false;
  // Part of a longer chain of numbers, or of longer JSON.
  if (!/\p{L}/u.test(form)) {
    if (/(?<!\d)\d{1,3}[\])]?[ \t]*[>,;=|、→≻-][ \t]*$/.test(before) && !/(?:^|\n)[ \t]*[-*][ \t]*$/.test(before))
      return false;
    if (/^[ \t]*[>,;=|、→≻-][ \t]*[[(]?\d/.test(after)) return false;
  }
  // The head of a table of its own.
  if (form.startsWith('|') && /^[ \t]*\n[ \t]*\|?[ \t]*:?-{2,}/.test(after)) return false;
  if (thinkingTag.test(form)) return isThinkingTagEntry(text, at, end, titles);
  return true;
}

/** A tag is an entry behind a marker or in quotes, or on a line between other titles. */
function isThinkingTagEntry(text: string, at: number, end: number, titles: TitleIndex): boolean {
  const near = text.slice(Math.max(0, at - 40), at);
  const before = near.slice(near.lastIndexOf('\n') + 1).trim();
  if (before !== '') return /["“'‘`*_《「>|,，、\])）.:：-]$/.test(before);
  const lineEnd = text.indexOf('\n', end);
  const lineStart = at - near.length + near.lastIndexOf('\n') + 1;
  if (lineEnd < 0 || lineStart === 0) return false;
  const previous = text.slice(Math.max(0, lineStart - 200), lineStart - 1).trimEnd();
  const following = text.slice(lineEnd + 1, lineEnd + 200).trimStart();
  return [previous.slice(previous.lastIndexOf('\n') + 1), following.split('\n', 1)[0]!].every(
    (line) => line.includes(mask) || titles.texts.has(line.trim()),
  );
}
