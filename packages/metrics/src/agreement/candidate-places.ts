import { InvalidArgumentError } from '@rppkit/spec';
import { type CandidateRanking, findGroupEnd } from '../candidate-ranking.ts';

/**
 * Checks a ranking: one group for each position, groups that never decrease, and indices below `candidates`, none twice.
 * Throws `InvalidArgumentError`.
 */
export function assertCandidateRanking(ranking: CandidateRanking, candidates: number, argument: string): void {
  if (!Number.isInteger(candidates) || candidates < 1) {
    throw new InvalidArgumentError('candidates', 'a positive integer', candidates);
  }
  const { order, groups } = ranking;
  if (groups.length !== order.length) {
    throw new InvalidArgumentError(`${argument}.groups`, `of length ${order.length}, one entry a position`, groups);
  }
  const listed = new Uint8Array(candidates);
  for (let position = 0; position < order.length; position++) {
    const candidate = order[position]!;
    if (!(candidate >= 0 && candidate < candidates) || listed[candidate] === 1) {
      throw new InvalidArgumentError(
        `${argument}.order[${position}]`,
        `an index from 0 to ${candidates - 1} that is not listed before`,
        candidate,
      );
    }
    listed[candidate] = 1;
    if (position > 0 && !(groups[position]! >= groups[position - 1]!)) {
      throw new InvalidArgumentError(
        `${argument}.groups[${position}]`,
        `at least ${groups[position - 1]}, the group before`,
        groups[position],
        'Build rankings with rankByScores or rankOrder.',
      );
    }
  }
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
