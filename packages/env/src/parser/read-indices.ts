import type { ListEntry } from './read-titles.ts';

// Numbers and separators alternate, each run taken whole: no text makes the search backtrack.
const chain = /^[\s[\](){}<>,;.→≻&="-]*\d+(?:[\s[\](){}<>,;.→≻&="-]+\d+)*[\s[\](){}<>,;.→≻&="-]*$/u;
/** "[3]", "3", "1. [3]", "1: 3": perhaps the number of the line, then the candidate. */
const single = /^\s*(?:\d{1,3}[.):]\s+)?[[(]?(\d{1,3})[\])]?\s*$/u;

/**
 * All chains of candidate numbers in a text, in order: `[2] > [1]`, `2, 1`, `[2, 1]`, or one number a line. Numbers count
 * from 1, as the prompt showed them; those outside 1 … count are entries without a candidate.
 */
export function readIndexChains(text: string, { count }: { readonly count: number }): ListEntry[][] {
  const chains: ListEntry[][] = [];
  let column: ListEntry[] | undefined;
  for (const line of text.split(/\r?\n/)) {
    const plain = line.replace(/[*_`]+/g, '');
    if (plain.trim() === '') continue;
    const match = single.exec(plain);
    if (match !== null) {
      if (column === undefined) {
        column = [];
        chains.push(column);
      }
      column.push(toEntry(match[1]!, count));
      continue;
    }
    column = undefined;
    // "Ranking: 2 > 1": what follows the label.
    const content = plain.slice(plain.lastIndexOf(':') + 1);
    if (content.length <= maximumChain && chain.test(content)) {
      chains.push([...content.matchAll(/\d+/g)].map(([number]) => toEntry(number, count)));
    }
  }
  return chains.filter((entries) => entries.length >= Math.min(2, count));
}

/** Longer lines are no chain of candidate numbers. */
const maximumChain = 10_000;

function toEntry(digits: string, count: number): ListEntry {
  const number = Number(digits);
  return { text: `[${digits}]`, index: number >= 1 && number <= count ? number - 1 : undefined };
}
