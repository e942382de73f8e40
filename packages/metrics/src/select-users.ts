import { InvalidArgumentError } from '@rppkit/spec';
import { assertChoice, isAmount } from './assert-arguments.ts';
import { gainSumAdvice, largestGainSum } from './candidate-ranking.ts';
import { describePlace, findValue, type NamedValues, readEntries } from './keyed-values.ts';
import { NoRelevantItemError } from './no-relevant-item-error.ts';
import type { UserRanking, UserRankings, UserRelevance } from './user-rankings.ts';

/** What to do with users whom the records do not cover. */
export interface UserOptions {
  /** Users with relevance but no ranking: an `error` (default), ranked nothing (`empty`), or left out (`omit`). */
  readonly unrankedUsers?: 'error' | 'empty' | 'omit';
  /** Users with a ranking but no relevance: an `error` (default) or left out (`omit`). */
  readonly unjudgedUsers?: 'error' | 'omit';
  /** Users without an item of positive gain: an `error` (default), left out (`omit`), or 0 in every metric (`zero`). */
  readonly noRelevant?: 'error' | 'omit' | 'zero';
}

/** Users whom an option left out, by the option; those for whom two would, under the first. Report their number. */
export interface OmittedUsers {
  /** No ranking (`unrankedUsers: 'omit'`). */
  readonly unranked: readonly string[];
  /** No relevance (`unjudgedUsers: 'omit'`). */
  readonly unjudged: readonly string[];
  /** No item of positive gain (`noRelevant: 'omit'`). */
  readonly noRelevant: readonly string[];
}

/** One user to evaluate. */
export interface SelectedUser {
  readonly user: string;
  readonly items: UserRanking;
  /** Items with their gains, which are checked. */
  readonly judged: NamedValues<number>;
  /** False for a user who counts as 0. */
  readonly relevant: boolean;
}

/** The largest gain that the metrics of an evaluation take, and the one that sets it. */
export interface GainLimit {
  readonly label: string;
  readonly gain: number;
}

const entryForEachUser = 'a Map or plain object with an entry for each user';

/**
 * The users to evaluate in the order of `relevance`; the others are added to `omitted`. Throws `InvalidArgumentError` naming
 * the user, and where an option decides that option, or `NoRelevantItemError`.
 */
export function* selectUsers(
  rankings: UserRankings,
  relevance: UserRelevance,
  limit: GainLimit,
  omitted: Readonly<Record<keyof OmittedUsers, string[]>>,
  { unrankedUsers = 'error', unjudgedUsers = 'error', noRelevant = 'error' }: UserOptions,
): Generator<SelectedUser, void> {
  assertChoice('unrankedUsers', unrankedUsers, ['error', 'empty', 'omit']);
  assertChoice('unjudgedUsers', unjudgedUsers, ['error', 'omit']);
  assertChoice('noRelevant', noRelevant, ['error', 'omit', 'zero']);
  const ranked = readEntries(rankings, entryForEachUser, 'rankings').names;
  const { names: users, values: judgements } = readEntries(relevance, entryForEachUser, 'relevance');
  let both = 0;
  for (let row = 0; row < users.length; row++) {
    const user = users[row]!;
    const ranking = findValue(rankings, user);
    if (ranking) both++;
    else if (unrankedUsers === 'error') {
      const advice = "Pass unrankedUsers: 'empty' (ranked nothing) or 'omit' (left out).";
      throw new InvalidArgumentError(describePlace('rankings', user), 'a ranking', undefined, advice);
    }
    const judged = readEntries(judgements[row]!, 'a Map or plain object of gains', 'relevance', user);
    const relevant = hasRelevantItem(user, judged, limit);
    if (!ranking && unrankedUsers === 'omit') omitted.unranked.push(user);
    else if (relevant || noRelevant === 'zero') yield { user, items: ranking ? ranking.value : [], judged, relevant };
    else if (noRelevant === 'omit') omitted.noRelevant.push(user);
    else throw new NoRelevantItemError(user, "noRelevant: 'omit' or 'zero'");
  }
  if (both === ranked.length) return;
  for (const user of ranked) if (!findValue(relevance, user)) omitted.unjudged.push(user);
  if (unjudgedUsers === 'omit') return;
  const advice = "Pass unjudgedUsers: 'omit' and report their number.";
  throw new InvalidArgumentError(describePlace('relevance', omitted.unjudged[0]), 'gains', undefined, advice);
}

function hasRelevantItem(user: string, { names, values }: NamedValues<number>, limit: GainLimit): boolean {
  let total = 0;
  for (let entry = 0; entry < names.length; entry++) {
    const gain = values[entry]!;
    total += gain;
    if (isAmount(gain) && total <= largestGainSum && gain <= limit.gain) continue;
    throw new InvalidArgumentError(
      describePlace('relevance', user, names[entry]),
      gain > limit.gain ? `at most ${limit.gain} for ${limit.label}` : 'a finite number, at least 0',
      gain,
      gain > limit.gain ? 'Correct one of the two.' : gainSumAdvice,
    );
  }
  return total > 0;
}
