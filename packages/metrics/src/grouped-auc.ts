import { describeValue, InvalidArgumentError } from '@rppkit/spec';
import { assertAmounts, assertArrayLike, assertChoice, assertNumbers, isIdentifier } from './assert-arguments.ts';
import { auc } from './auc.ts';
import { rankByScores } from './rank-by-scores.ts';

/** Scored candidates of many users (or sessions, or queries) in three parallel arrays. */
export interface GroupedScores {
  /** `[rows]`: a score for each candidate, higher is better; no NaN. */
  readonly scores: ArrayLike<number>;
  /** `[rows]`: gains, finite and at least 0. */
  readonly gains: ArrayLike<number>;
  /** `[rows]`: the group of each row, a text or a finite number, in any order and numbering. */
  readonly groups: ArrayLike<number | string>;
}

export interface GroupedAucOptions {
  /** Groups whose rows are all relevant or all not have no AUC: an `error` (default), or left out of the mean. */
  readonly undefinedGroups?: 'error' | 'omit';
}

/**
 * Grouped AUC: the mean of the AUC of each group, weighted by its number of rows (impressions in the source). Other than
 * the AUC of all rows in one pool, it does not reward a scorer for telling users apart. The mean with equal weights is the
 * metric `auc` of `evaluate`.
 *
 *   GAUC = sum over groups of n(group) * AUC(group) / sum over groups of n(group)
 *
 * Ties count one half. Returns a value in [0, 1]. Throws `InvalidArgumentError` for differing lengths, no rows, wrong
 * values, or groups without an AUC unless they are to be omitted (at least one must remain).
 *
 * Source: Zhou et al., "Deep interest network for click-through rate prediction", KDD 2018.
 */
export function groupedAuc(
  { scores, gains, groups }: GroupedScores,
  { undefinedGroups = 'error' }: GroupedAucOptions = {},
): number {
  assertNumbers('scores', scores);
  assertAmounts('gains', gains);
  assertArrayLike('groups', groups);
  const lengths = [scores, gains, groups].map(({ length }) => length);
  if (new Set(lengths).size > 1)
    throw new InvalidArgumentError('scores, gains, groups', 'of one length', lengths.join());
  assertChoice('undefinedGroups', undefinedGroups, ['error', 'omit']);
  let total = 0;
  let totalRows = 0;
  for (const [group, rows] of collectRows(groups)) {
    const groupGains = rows.map((row) => gains[row]!);
    const relevant = groupGains.filter((gain) => gain > 0).length;
    if (relevant === 0 || relevant === rows.length) {
      if (undefinedGroups === 'omit') continue;
      throw new InvalidArgumentError(
        `group ${describeValue(group)}`,
        'with both relevant and other rows',
        `${relevant} relevant of ${rows.length}`,
        "Pass undefinedGroups: 'omit' and report their number.",
      );
    }
    total += rows.length * auc(rankByScores(rows.map((row) => scores[row]!)), groupGains);
    totalRows += rows.length;
  }
  if (totalRows === 0) throw new InvalidArgumentError('groups', 'at least one group with an AUC', 'none');
  return total / totalRows;
}

function collectRows(groups: ArrayLike<number | string>): ReadonlyMap<number | string, readonly number[]> {
  const rows = new Map<number | string, number[]>();
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row]!;
    if (!isIdentifier(group)) throw new InvalidArgumentError(`groups[${row}]`, 'a text or a finite number', group);
    const own = rows.get(group) ?? [];
    own.push(row);
    rows.set(group, own);
  }
  return rows;
}
