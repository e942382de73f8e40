import type { AnswerCounts } from './results.ts';

/** What the counts need of an answer, as it came or as `trajectories.jsonl` keeps it. */
export type CountedAnswer =
  | { readonly outcome: 'failed'; readonly failure: string }
  | {
      readonly outcome: 'answered' | 'refused';
      readonly parsed:
        | { readonly kind: 'invalid'; readonly reason: string }
        | {
            readonly kind: 'complete' | 'partial';
            readonly repeated: number;
            readonly foreign: readonly unknown[];
          };
    };

/** Counts answers by how they could be read. */
export interface AnswerCounter {
  add(answer: CountedAnswer): void;
  /** Reasons in alphabetical order, whatever the order of the answers was. */
  counts(): AnswerCounts;
}

/** A counter at 0. */
export function createAnswerCounter(): AnswerCounter {
  const sums = { answers: 0, partial: 0, repeated: 0, foreign: 0 };
  const invalid = new Map<string, number>();
  const failed = new Map<string, number>();
  return {
    add(answer) {
      if (answer.outcome === 'failed') {
        addOne(failed, answer.failure);
        return;
      }
      sums.answers++;
      const { parsed } = answer;
      if (parsed.kind === 'invalid') {
        addOne(invalid, parsed.reason);
        return;
      }
      if (parsed.kind === 'partial') sums.partial++;
      if (parsed.repeated > 0) sums.repeated++;
      if (parsed.foreign.length > 0) sums.foreign++;
    },
    counts: () => ({ ...sums, invalid: sortByName(invalid), failed: sortByName(failed) }),
  };
}

function addOne(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function sortByName(counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].toSorted(([left], [right]) => (left < right ? -1 : 1)));
}
