import type { RandomStream } from '@rppkit/spec';
import { fillSlots, readSlots } from './slots.ts';

/** A sentence in which one slot is left out or replaced by words, as if the prompt were for one task only; undefined without slots. */
export function dropSlot(sentence: string, language: 'en' | 'zh', random: RandomStream): string | undefined {
  const slots = readSlots(sentence);
  if (slots.length === 0) return undefined;
  const { text } = slots[random.integer(slots.length)]!;
  const words = random.uniform() < 0.5 ? fillSlots(text, language) : '';
  const at = sentence.indexOf(text);
  return `${sentence.slice(0, at)}${words}${sentence.slice(at + text.length)}`.replaceAll(/ {2,}/g, ' ');
}
