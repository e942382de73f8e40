import { InvalidArgumentError } from '@rppkit/spec';
import { isNumber } from './assert-arguments.ts';
import { breakTies, type TieRule } from './break-ties.ts';
import type { CandidateRanking } from './candidate-ranking.ts';
import { ItemTable } from './item-table.ts';
import { assertTexts, describePlace, type KeyedValues, readEntries } from './keyed-values.ts';
import { rankByScores } from './rank-by-scores.ts';
import { extendGroups, type MissingCandidates } from './rank-order.ts';
import type { SelectedUser } from './select-users.ts';
import type { UserRanking } from './user-rankings.ts';

/** What the metrics take, of one user; valid until the next user is indexed. */
export interface IndexedUser {
  readonly ranking: CandidateRanking;
  /** `[candidates]`: of the ranked items, then of the judged items that were not retrieved. */
  readonly gains: readonly number[];
}

/** Turns the item ids of one user after the other into candidate indices. */
export class ItemIndex {
  readonly #ties: TieRule;
  readonly #missing: MissingCandidates;
  readonly #table = new ItemTable();
  readonly #gains: number[] = [];
  /** 0, 1, 2 …, and the piece of it that the last list took: lists are mostly of one length. */
  #positions: Int32Array = new Int32Array(0);
  #taken: Int32Array = new Int32Array(0);

  constructor(ties: TieRule, missing: MissingCandidates) {
    this.#ties = ties;
    this.#missing = missing;
  }

  /**
   * Throws `InvalidArgumentError` for items in another form than a list or scores, for one that is ranked twice or is no
   * text, and for a score that is no number.
   */
  index({ user, items, judged }: SelectedUser): IndexedUser {
    const { names, groups } = isList(items) ? { names: items, groups: undefined } : rankNames(user, items);
    assertTexts(names, 'rankings', user);
    const repeated = this.#table.replace(names);
    if (repeated >= 0) {
      throw new InvalidArgumentError(describePlace('rankings', user), 'without repeated items', names[repeated]);
    }
    const gains = this.#gains;
    gains.length = names.length;
    gains.fill(0);
    for (let entry = 0; entry < judged.names.length; entry++) {
      const position = this.#table.find(judged.names[entry]!);
      if (position >= 0) gains[position] = judged.values[entry]!;
      else gains.push(judged.values[entry]!);
    }
    const order = this.#takePositions(names.length);
    const ranking = groups ? breakTies({ order, groups }, { ties: this.#ties, gains }) : { order, groups: order };
    return { ranking: this.#placeMissing(ranking, gains.length), gains };
  }

  /** After ties were broken: what was not ranked has no score that could tie. */
  #placeMissing(ranking: CandidateRanking, candidates: number): CandidateRanking {
    if (this.#missing === 'zero' || candidates === ranking.order.length) return ranking;
    return {
      order: Int32Array.from({ length: candidates }, (_, position) => ranking.order[position] ?? position),
      groups: extendGroups(ranking.groups, candidates, this.#missing),
    };
  }

  #takePositions(count: number): Int32Array {
    if (count > this.#positions.length) {
      this.#positions = Int32Array.from({ length: 2 * count }, (_, position) => position);
    }
    if (count !== this.#taken.length) this.#taken = this.#positions.subarray(0, count);
    return this.#taken;
  }
}

function isList(items: UserRanking): items is readonly string[] {
  return Array.isArray(items);
}

/** Item ids in ranked order, with the tie group of each position. */
function rankNames(
  user: string,
  itemScores: KeyedValues<number>,
): { readonly names: readonly string[]; readonly groups: Int32Array } {
  const expected = 'an array of item ids, or a Map or plain object of scores';
  const { names, values: scores } = readEntries(itemScores, expected, 'rankings', user);
  if (names.length === 0) return { names, groups: new Int32Array(0) };
  const wrong = scores.findIndex((score) => !isNumber(score));
  if (wrong >= 0) {
    const place = describePlace('rankings', user, names[wrong]);
    throw new InvalidArgumentError(place, 'a number', scores[wrong], 'NaN has no rank.');
  }
  const { order, groups } = rankByScores(scores);
  return { names: Array.from(order, (candidate) => names[candidate]!), groups };
}
