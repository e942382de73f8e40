import { InvalidArgumentError } from '@rppkit/spec';
import { assertRankingAndGains, type CandidateRanking, countRelevant, findGroupEnd } from './candidate-ranking.ts';

/**
 * Area under the receiver operating characteristic curve: the share of pairs of a relevant (gain above 0) and a
 * non-relevant candidate whose relevant one is ranked higher. It has no cut-off.
 *
 *   AUC = (pairs in the right order + half the tied pairs) / (R * N)
 *
 * R and N count the relevant and the other candidates, ranked or not. Ties count one half, which is their expectation
 * over all orders inside the tie groups. A ranked candidate stands above every candidate that the ranking leaves out, and
 * a relevant candidate that is left out wins no pair. The AUC of all users' candidates in one pool is this function on
 * `rankByScores` of all scores; for the mean over users see `groupedAuc`.
 *
 * `gains [candidates]` are finite and at least 0. Returns a value in [0, 1].
 * Throws `NoRelevantItemError` where no gain is positive and `InvalidArgumentError` where all are, or for wrong arguments.
 *
 * Source: Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic (ROC) curve",
 * Radiology 143(1), 1982.
 */
export function auc(ranking: CandidateRanking, gains: ArrayLike<number>): number {
  const relevant = assertRankingAndGains(ranking, gains);
  const others = gains.length - relevant;
  if (others === 0) throw createUndefinedAucError('gains', gains);
  const { order, groups } = ranking;
  let won = 0;
  let othersBelow = others;
  for (let start = 0; start < order.length; ) {
    const end = findGroupEnd(groups, start);
    const groupRelevant = countRelevant(order, gains, start, end);
    const groupOthers = end - start - groupRelevant;
    othersBelow -= groupOthers;
    won += groupRelevant * (othersBelow + groupOthers / 2);
    start = end;
  }
  return won / (relevant * others);
}

/** The error for a user all of whose items are relevant. */
export function createUndefinedAucError(argument: string, gains: ArrayLike<number>): InvalidArgumentError {
  const advice = 'AUC compares relevant with other items: add one, or leave the user out and report it.';
  return new InvalidArgumentError(argument, '0 for at least one item', gains, advice);
}
