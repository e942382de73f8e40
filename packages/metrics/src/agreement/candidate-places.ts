import { assertPositiveInteger, largestCount } from '../assert-arguments.ts';
import { assertRanking, type CandidateRanking, findGroupEnd } from '../candidate-ranking.ts';

/** Checks a ranking of so many candidates. Throws `InvalidArgumentError`. */
export function assertCandidateRanking(ranking: CandidateRanking, candidates: number, argument: string): void {
  assertPositiveInteger('candidates', candidates, largestCount);
  assertRanking(ranking, candidates, argument);
}

/**
 * One value for each candidate, `Float64Array [candidates]`: `computeValue(start, end)` for the candidates of the tie group at
 * positions start … end - 1 (from 0). Candidates that a checked ranking leaves out share the positions after it, or get
 * `absent` where that is given.
 */
export function computeGroupValues(
  ranking: CandidateRanking,
  candidates: number,
  computeValue: (start: number, end: number) => number,
  absent?: number,
): Float64Array {
  const { order, groups } = ranking;
  const values = new Float64Array(candidates);
  if (order.length < candidates) values.fill(absent ?? computeValue(order.length, candidates));
  for (let start = 0; start < order.length; ) {
    const end = findGroupEnd(groups, start);
    const value = computeValue(start, end);
    for (let position = start; position < end; position++) values[order[position]!] = value;
    start = end;
  }
  return values;
}

/** The mean of the ranks (from 1) at positions start … end - 1. */
export function computeMeanRank(start: number, end: number): number {
  return (start + end + 1) / 2;
}
