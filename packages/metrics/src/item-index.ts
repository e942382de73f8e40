import { InvalidArgumentError } from '@rppkit/spec';
import { breakTies, type TieRule } from './break-ties.ts';
import type { CandidateRanking } from './candidate-ranking.ts';
import { ItemTable } from './item-table.ts';
import { rankByScores } from './rank-by-scores.ts';
import { extendGroups, type MissingCandidates } from './rank-order.ts';
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

  /** Throws `InvalidArgumentError` for an item that is ranked twice or is no text, and for a score that is no number. */
  index(user: string, items: UserRanking, itemGains: Readonly<Record<string, number>>): IndexedUser {
    const { names, groups } = isList(items)
      ? { names: items, groups: this.#takePositions(items.length) }
      : rankNames(user, items);
    for (let position = 0; position < names.length; position++) {
      if (typeof names[position] === 'string') continue;
      const argument = `rankings[${JSON.stringify(user)}][${position}]`;
      throw new InvalidArgumentError(argument, 'a text', names[position], 'Item ids are texts, as in relevance.');
    }
    const repeated = this.#table.replace(names);
    if (repeated >= 0) {
      throw new InvalidArgumentError(`rankings[${JSON.stringify(user)}]`, 'without repeated items', names[repeated]);
    }
    const gains = this.#gains;
    gains.length = names.length;
    gains.fill(0);
    for (const item of Object.keys(itemGains)) {
      const position = this.#table.find(item);
      if (position >= 0) gains[position] = itemGains[item]!;
      else gains.push(itemGains[item]!);
    }
    return { ranking: breakTies(this.#placeMissing(groups, gains.length), { ties: this.#ties, gains }), gains };
  }

  #placeMissing(groups: Int32Array, candidates: number): CandidateRanking {
    if (this.#missing === 'zero' || candidates === groups.length) {
      return { order: this.#takePositions(groups.length), groups };
    }
    return { order: this.#takePositions(candidates), groups: extendGroups(groups, candidates, this.#missing) };
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
  scores: Readonly<Record<string, number>>,
): { readonly names: readonly string[]; readonly groups: Int32Array } {
  const names = Object.keys(scores);
  if (names.length === 0) return { names, groups: new Int32Array(0) };
  for (const name of names) {
    const score: unknown = scores[name];
    if (typeof score === 'number' && !Number.isNaN(score)) continue;
    const argument = `rankings[${JSON.stringify(user)}][${JSON.stringify(name)}]`;
    throw new InvalidArgumentError(argument, 'a number', score, 'NaN has no rank.');
  }
  const { order, groups } = rankByScores(names.map((name) => scores[name]!));
  return { names: Array.from(order, (candidate) => names[candidate]!), groups };
}
