import { PatternError } from './pattern-error.ts';
import { slotNames } from './slots.ts';

/** A slot of a template, as it is written. */
export interface WrittenSlot {
  readonly name: string;
  /** The words for exactly one and for any other number, in which `#` is the number; where it has them. */
  readonly forms?: readonly [one: string, other: string];
}

/** A template read: fixed text and slots in turn. */
export type Template = readonly (string | WrittenSlot)[];

/** Values by slot name. */
export type SlotValues = Readonly<Record<string, string | number>>;

/** Slots that are numbers and may have words for one and for many. */
const countSlots: ReadonlySet<string> = new Set([
  'count',
  'historyCount',
  'firstNumber',
  'lastNumber',
  'amount',
  'exampleCount',
]);

const token = /\{\{|\}\}|\{([^{}]*)\}|\{\w*/g;

/**
 * Reads a template whose slots are among `slots`; `where` names the place for errors. Throws `PatternError` naming the first
 * slot that no prompt can fill.
 */
export function parseTemplate(
  template: string,
  { where, slots }: { readonly where: string; readonly slots: readonly string[] },
): Template {
  const parts: (string | WrittenSlot)[] = [];
  let start = 0;
  for (const match of template.matchAll(token)) {
    const [text, content] = match;
    parts.push(template.slice(start, match.index));
    start = match.index + text.length;
    if (content === undefined && text.length === 2 && text[0] === text[1]) {
      parts.push(text[0]!);
      continue;
    }
    if (content === undefined) {
      throw new PatternError(
        `Expected every { in ${where} to open a slot that is closed by } with no brace in between, received ${text}. Close the slot, take braces out of its words, or write {{ for a brace.`,
      );
    }
    const [name = '', alternatives] = splitOnce(content);
    if (!slots.includes(name)) {
      throw new PatternError(
        `Expected the slots of ${where} to be among ${slots.map((known) => `{${known}}`).join(', ')}, received ${text}. Correct the slot's name, or write {{ for a brace.`,
      );
    }
    if (alternatives === undefined) {
      parts.push({ name });
      continue;
    }
    const [one, other, ...more] = alternatives.split('|');
    if (!countSlots.has(name) || other === undefined || more.length > 0) {
      throw new PatternError(
        `Expected words for one and for many in ${where} to be written {count:one candidate|# candidates}, received ${text}. Only numbers have them: ${slots.filter((slot) => countSlots.has(slot)).join(', ')}.`,
      );
    }
    parts.push({ name, forms: [one!, other] });
  }
  parts.push(template.slice(start));
  return joinText(parts);
}

/**
 * The slots of an expression's `template` in their order, each as often as it stands there. Throws `PatternError` for braces
 * that do not match and for slots that no prompt can fill.
 */
export function readSlots(template: string): readonly WrittenSlot[] {
  const parts = parseTemplate(template, { where: 'the template', slots: slotNames });
  return parts.filter((part) => typeof part !== 'string');
}

/** Fills the slots that have values and leaves the others open. */
export function bindTemplate(template: Template, values: SlotValues): Template {
  return joinText(
    template.map((part) => (typeof part === 'string' || !(part.name in values) ? part : renderSlot(part, values))),
  );
}

/** The text of a template; every slot needs a value. */
export function renderTemplate(template: Template, values: SlotValues): string {
  let text = '';
  for (const part of template) text += typeof part === 'string' ? part : renderSlot(part, values);
  return text;
}

function renderSlot({ name, forms }: WrittenSlot, values: SlotValues): string {
  const value = values[name]!;
  if (forms === undefined) return String(value);
  return forms[value === 1 ? 0 : 1].replaceAll('#', String(value));
}

function splitOnce(content: string): readonly string[] {
  const colon = content.indexOf(':');
  return colon < 0 ? [content] : [content.slice(0, colon), content.slice(colon + 1)];
}

function joinText(parts: Template): Template {
  const joined: (string | WrittenSlot)[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  return joined;
}
