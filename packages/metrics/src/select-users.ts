import { InvalidArgumentError } from '@rppkit/spec';
import { assertChoice } from './assert-arguments.ts';
import { NoRelevantItemError } from './no-relevant-item-error.ts';
import type { UserRankings, UserRelevance } from './user-rankings.ts';

/** What to do with users whom the records do not cover. */
export interface UserOptions {
  /** Users with relevance but no ranking: an `error` (default), ranked nothing (`empty`), or left out (`omit`). */
  readonly unrankedUsers?: 'error' | 'empty' | 'omit';
  /** Users with a ranking but no relevance: an `error` (default) or left out (`omit`). */
  readonly unjudgedUsers?: 'error' | 'omit';
  /** Users without an item of positive gain: an `error` (default), left out (`omit`), or 0 in every metric (`zero`). */
  readonly noRelevant?: 'error' | 'omit' | 'zero';
}

export interface UserSelection {
  readonly users: readonly string[];
  readonly omitted: readonly string[];
  /** Those of `users` who count as 0. */
  readonly zero: ReadonlySet<string>;
}

/** Throws `InvalidArgumentError` naming the option that decides, or `NoRelevantItemError`. */
export function selectUsers(
  rankings: UserRankings,
  relevance: UserRelevance,
  { unrankedUsers = 'error', unjudgedUsers = 'error', noRelevant = 'error' }: UserOptions,
): UserSelection {
  assertChoice('unrankedUsers', unrankedUsers, ['error', 'empty', 'omit']);
  assertChoice('unjudgedUsers', unjudgedUsers, ['error', 'omit']);
  assertChoice('noRelevant', noRelevant, ['error', 'omit', 'zero']);
  const users: string[] = [];
  const omitted: string[] = [];
  const zero = new Set<string>();
  let both = 0;
  for (const user of Object.keys(relevance)) {
    const isRanked = Object.hasOwn(rankings, user);
    if (isRanked) both++;
    if (!isRanked && unrankedUsers === 'error') {
      const advice = "Pass unrankedUsers: 'empty' (ranked nothing) or 'omit' (left out).";
      throw new InvalidArgumentError('rankings', `a ranking for user ${JSON.stringify(user)}`, undefined, advice);
    }
    const relevant = hasRelevantItem(user, relevance[user]!);
    if (!relevant && noRelevant === 'error') throw new NoRelevantItemError(user);
    if ((!isRanked && unrankedUsers === 'omit') || (!relevant && noRelevant === 'omit')) {
      omitted.push(user);
      continue;
    }
    users.push(user);
    if (!relevant) zero.add(user);
  }
  const ranked = Object.keys(rankings);
  const unjudged = ranked.length === both ? [] : ranked.filter((user) => !Object.hasOwn(relevance, user));
  for (const user of unjudged) {
    if (unjudgedUsers === 'error') {
      const advice = "Pass unjudgedUsers: 'omit' and report their number.";
      throw new InvalidArgumentError('relevance', `gains for user ${JSON.stringify(user)}`, undefined, advice);
    }
    omitted.push(user);
  }
  if (users.length === 0) {
    throw new InvalidArgumentError('relevance', 'at least one user to evaluate', 'none');
  }
  return { users, omitted, zero };
}

function hasRelevantItem(user: string, itemGains: Readonly<Record<string, number>>): boolean {
  let relevant = false;
  for (const item of Object.keys(itemGains)) {
    const gain = itemGains[item]!;
    if (!Number.isFinite(gain) || gain < 0) {
      const argument = `relevance[${JSON.stringify(user)}][${JSON.stringify(item)}]`;
      throw new InvalidArgumentError(argument, 'a finite number, at least 0', gain);
    }
    if (gain > 0) relevant = true;
  }
  return relevant;
}
