import { PatternError, readSlots, type WrittenSlot } from '@rppkit/patterns';
import { showText } from './folded-text.ts';
import type { Guard, GuardOutcome } from './guard.ts';

/**
 * Rejects as `slots` a rewrite that has not the slots of its parent: each name as often, each with forms where it has forms,
 * each form with as many `#`. The words of the forms are free, and so is the order. Braces that do not match and slots that no
 * prompt can fill are rejected too.
 */
export function createKeepSlotsGuard(): Guard {
  return {
    name: 'keep-slots',
    check({ parent, text }): GuardOutcome {
      let slots: readonly WrittenSlot[];
      try {
        slots = readSlots(text);
      } catch (error) {
        if (!(error instanceof PatternError)) throw error;
        return { status: 'rejected', reason: 'slots', detail: error.message.slice(0, 400) };
      }
      const stray = listBraces(text).toSorted().join('');
      if (stray !== listBraces(parent.template).toSorted().join('')) {
        return {
          status: 'rejected',
          reason: 'slots',
          detail:
            'Expected braces around slots only, received others. Write every slot as it is given and no other braces.',
        };
      }
      const expected = readSlots(parent.template).map(renderShape).toSorted();
      const received = slots.map(renderShape).toSorted();
      if (expected.join('\n') === received.join('\n')) return { status: 'passed' };
      const list = (shapes: readonly string[]): string => (shapes.length === 0 ? 'no slots' : shapes.join(', '));
      return {
        status: 'rejected',
        reason: 'slots',
        detail: `Expected the slots ${list(expected)}, each as often as it stands here, received ${showText(list(received))}. Write every slot as it is given and add none.`,
      };
    },
  };
}

/** The slot without the words of its forms. */
function renderShape({ name, forms }: WrittenSlot): string {
  if (forms === undefined) return `{${name}}`;
  return `{${name}:${forms.map((form) => form.replaceAll(/[^#]/g, '') || '…').join('|')}}`;
}

/** Braces that belong to no slot, `{{` for one among them. */
function listBraces(template: string): readonly string[] {
  return template.replaceAll(slot, '').match(/[{}]/g) ?? [];
}

const slot = /\{[^{}]*\}/g;
