import type { RandomStream } from '@rppkit/spec';
import type { PhraseBank } from './phrase-bank.ts';
import { readSlots } from './slots.ts';

/** Phrases to choose from. `<name>` in a phrase stands for the nouns of that name. */
export interface SlotSearch {
  /** One phrase of each is taken. */
  readonly groups: readonly (readonly string[])[];
  /** One of them comes first where there are any. */
  readonly cores: readonly string[];
  /** At most two of them hold slots that are left over. */
  readonly carriers: readonly string[];
  /** The sentence whose slots are to be used up. */
  readonly head: string;
  readonly nouns: PhraseBank['nouns'];
  readonly random: RandomStream;
}

/** Places in the tree of wordings visited before a search is given up. */
const visits = 3000;

/**
 * A core, one phrase of each group and carriers, nouns filled in, such that together they hold each slot of `head` as often as
 * it does. Undefined where none was found in a bounded search.
 */
export function completeSlots({
  groups,
  cores,
  carriers,
  head,
  nouns,
  random,
}: SlotSearch): readonly string[] | undefined {
  const open = readSlots(head).map(({ name }) => name);
  let left = visits;

  const expand = function* (text: string, slots: readonly string[]): Generator<readonly [string, readonly string[]]> {
    const match = /<(\w+)>|\{(\w+)\}/.exec(text);
    if (left-- <= 0) return;
    if (match === null) {
      yield [text, slots];
      return;
    }
    const [whole, noun, slot] = match;
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + whole.length);
    if (slot !== undefined) {
      const at = slots.indexOf(slot);
      if (at < 0) return;
      for (const [rest, remaining] of expand(after, slots.toSpliced(at, 1))) yield [before + whole + rest, remaining];
      return;
    }
    const words = nouns[noun!];
    if (words === undefined) {
      for (const [rest, remaining] of expand(after, slots)) yield [before + whole + rest, remaining];
      return;
    }
    for (const word of shuffle(words, random)) {
      for (const [filled, remaining] of expand(word, slots)) {
        for (const [rest, more] of expand(after, remaining)) yield [before + filled + rest, more];
      }
    }
  };
  const search = (
    pending: readonly (readonly string[])[],
    slots: readonly string[],
    carried: number,
  ): readonly string[] | undefined => {
    const [group, ...others] = pending;
    if (group === undefined) {
      if (slots.length === 0) return [];
      return carried < 2 && carriers.length > 0 ? search([carriers], slots, carried + 1) : undefined;
    }
    for (const phrase of shuffle(group, random)) {
      for (const [text, remaining] of expand(phrase, slots)) {
        // A carrier that carries nothing would only pad the sentence.
        if (carried > 0 && remaining.length === slots.length) continue;
        const rest = search(others, remaining, carried);
        if (rest !== undefined) return [text, ...rest];
        if (left <= 0) return undefined;
      }
    }
    return undefined;
  };
  const pending = cores.length === 0 ? groups : [cores, ...groups];
  return search(pending, open, 0);
}

function shuffle<T>(values: readonly T[], random: RandomStream): readonly T[] {
  const mixed = [...values];
  for (let index = mixed.length - 1; index > 0; index--) {
    const other = random.integer(index + 1);
    [mixed[index], mixed[other]] = [mixed[other]!, mixed[index]!];
  }
  return mixed;
}
