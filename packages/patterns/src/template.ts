import type { Domain } from './domain.ts';
import { PatternError } from './pattern-error.ts';

/** The values of all slots of one prompt. */
export interface SlotValues
  extends Pick<Domain, 'itemNoun' | 'itemsNoun' | 'interactedVerb' | 'interactVerb' | 'field'> {
  /** How many candidates there are. */
  readonly count: number;
  /** How many history items are shown. */
  readonly historyCount: number;
}

const slotNames: ReadonlySet<string> = new Set<keyof SlotValues>([
  'count',
  'historyCount',
  'itemNoun',
  'itemsNoun',
  'interactedVerb',
  'interactVerb',
  'field',
]);

/** Fills the slots of a template. */
export function renderTemplate(template: string, values: SlotValues): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name as keyof SlotValues]));
}

/** Throws `PatternError` naming the first slot that no prompt can fill. */
export function assertTemplate(template: string, where: string): void {
  for (const [slot, name] of template.matchAll(/\{(\w*)\}?/g)) {
    if (!slotNames.has(name!) || !slot.endsWith('}')) {
      throw new PatternError(
        `Expected the slots of ${where} to be among ${[...slotNames].map((known) => `{${known}}`).join(', ')}, received ${slot}. Correct the slot's name.`,
      );
    }
  }
}
