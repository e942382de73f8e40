import type { RankedAnswer } from '@rppkit/spec';
import type { Answer, Entry, List } from './answer.ts';

interface Reading {
  readonly answer: RankedAnswer;
  /** Whether this is the kind of list that was asked for, and no sentence. */
  readonly asked: boolean;
  readonly prose: boolean;
  readonly at: number;
}

/**
 * The ranking among all lists of an answer: the last complete one of the kind that was asked for, else the last complete
 * one, else of the kind asked for the one that names most candidates, the later one among equals. More than twice as many
 * count more than the kind; a chain inside a sentence is of no kind. A list that restates all
 * candidates in the prompt's order gives way to any later one that names half of them.
 */
export function selectList(lists: readonly List[], answer: Answer): RankedAnswer | undefined {
  const { count } = answer;
  // Without candidates there is nothing to rank.
  const fewest = Math.max(1, Math.min(2, count));
  const readings: Reading[] = [];
  for (const list of [...lists].sort((a, b) => a.at - b.at)) readings.push(...readList(list, answer));
  const usable = readings.filter((reading) => reading.answer.order.length >= fewest);
  let best: Reading | undefined;
  let later = false;
  for (let at = usable.length - 1; at >= 0; at--) {
    const reading = usable[at]!;
    const restated = isPromptOrder(reading.answer.order, count);
    if (!(restated && later) && (best === undefined || isBetter(reading, best))) best = reading;
    later ||= reading.answer.order.length >= Math.max(2, count / 2) && !(restated && reading.at === best?.at);
  }
  return best?.answer;
}

function isBetter(one: Reading, other: Reading): boolean {
  const [complete, otherComplete] = [one.answer.kind === 'complete', other.answer.kind === 'complete'];
  if (complete !== otherComplete) return complete;
  const [named, otherNamed] = [one.answer.order.length, other.answer.order.length];
  // Two numbers in a sentence are no reason to give up a list of ten titles.
  if (one.asked !== other.asked) return one.asked ? named * 2 >= otherNamed : named > otherNamed * 2;
  return other.prose && !one.prose ? named >= otherNamed : named > otherNamed;
}

function isPromptOrder(order: Int32Array, count: number): boolean {
  return count > 1 && order.length === count && order.every((candidate, at) => candidate === at);
}

/** A list of bare numbers may be read as numbers of candidates and, where titles are numbers, as titles. */
function readList({ entries, at, json, prose = false }: List, answer: Answer): Reading[] {
  const { asksIndices } = answer;
  const bare = entries.length > 0 && entries.every((entry) => entry.bare);
  if (!bare) {
    // Numbers in order in front of translated titles are ranks.
    const counted = !asksIndices && entries.every(({ title, index }, position) => title < 0 && index === position);
    if (counted) return [];
    const titled = entries.some(({ title }) => title >= 0);
    const both = entries.every(
      ({ title, index, bare: number }) => number || (title >= 0 && index !== -1) || (title < 0 && index >= 0),
    );
    const ranked = rankEntries(entries, answer, ({ title, index, bare: number, text }) =>
      title >= 0 ? title : number && /^\d+$/.test(text) ? -1 : index,
    );
    const strategy = titled ? 'titles' : 'indices';
    return [
      {
        answer: { ...ranked, strategy: json ? `json-${strategy}` : strategy },
        asked: !prose && (both || titled !== asksIndices),
        prose,
        at,
      },
    ];
  }
  const readings: Reading[] = [];
  if (entries.some(({ title }) => title >= 0)) {
    const ranked = rankEntries(entries, answer, ({ title }) => title);
    readings.push({
      answer: { ...ranked, strategy: json ? 'json-titles' : 'titles' },
      asked: !asksIndices && !prose,
      prose,
      at,
    });
  }
  const ranked = rankEntries(entries, answer, ({ index }) => index);
  readings.push({
    answer: { ...ranked, strategy: json ? 'json-indices' : 'indices' },
    asked: asksIndices && !prose,
    prose,
    at,
  });
  return readings;
}

function rankEntries(
  entries: readonly Entry[],
  { count }: Answer,
  find: (entry: Entry) => number,
): Omit<RankedAnswer, 'strategy'> {
  const seen = new Uint8Array(count);
  const order: number[] = [];
  const foreign: string[] = [];
  let repeated = 0;
  let approximate = 0;
  const certain = findCertain(entries, find);
  for (const entry of entries) {
    const candidate = find(entry);
    const isLonger = entry.longer !== undefined && certain !== undefined && isOtherTitle(entry, entries, certain);
    if (isLonger) foreign.push(entry.longer!);
    else if (candidate < 0) foreign.push(entry.text);
    else if (seen[candidate] === 1 || (entry.approximate && certain?.has(candidate))) repeated++;
    else {
      seen[candidate] = 1;
      order.push(candidate);
      if (entry.approximate) approximate++;
    }
  }
  const missing: number[] = [];
  for (let candidate = 0; candidate < count; candidate++) if (seen[candidate] === 0) missing.push(candidate);
  return {
    kind: missing.length === 0 ? 'complete' : 'partial',
    order: Int32Array.from(order),
    missing: Int32Array.from(missing),
    repeated,
    foreign,
    approximate,
  };
}

/** Candidates that entries name without a doubt; undefined where no entry leaves one. */
function findCertain(entries: readonly Entry[], find: (entry: Entry) => number): ReadonlySet<number> | undefined {
  if (!entries.some(isDoubtful)) return undefined;
  return new Set(entries.filter((entry) => !isDoubtful(entry)).map(find));
}

function isDoubtful({ approximate, longer }: Entry): boolean {
  return approximate || longer !== undefined;
}

/**
 * Whether "Alien: Covenant" is no "Alien" with an explanation: where another entry is "Alien", or has it with other words,
 * or where most entries have no such words. "Casino Royale (1967)" counts if no other entry is "Casino Royale".
 */
function isOtherTitle(entry: Entry, entries: readonly Entry[], certain: ReadonlySet<number>): boolean {
  if (certain.has(entry.title)) return true;
  if (/\d{4}\W*$/.test(entry.longer!)) return false;
  const titled = entries.filter(({ title }) => title >= 0);
  const longer = titled.filter((other) => other.longer !== undefined);
  if (longer.length * 2 <= titled.length) return true;
  return longer.some((other) => other.title === entry.title && other.longer !== entry.longer);
}
