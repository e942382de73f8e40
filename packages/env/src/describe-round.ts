import { findFounders, type JointAction, type PatternSpace } from '@rppkit/patterns';
import { InvalidArgumentError, type LastRound } from '@rppkit/spec';
import { aggregateRankings } from './aggregate-rankings.ts';
import type { GivenAnswer } from './reward.ts';

/** A round of an episode that was answered. */
export interface AnsweredRound {
  readonly choice: JointAction;
  /** One for each candidate order that the prompt was asked in, at least one. */
  readonly answers: readonly GivenAnswer[];
}

/** What encoders see of a round of a space. Throws `InvalidArgumentError` for no answers and for failed ones. */
export function describeRound(space: PatternSpace, { choice, answers }: AnsweredRound): LastRound {
  if (!Array.isArray(answers) || answers.length === 0 || !answers.every((answer) => 'parsed' in answer)) {
    throw new InvalidArgumentError(
      'answers',
      'at least one answer, all of them given',
      answers,
      'A round that failed is asked again; it is none of the earlier ones.',
    );
  }
  return {
    choice: findFounders(space, choice),
    prompt: answers[0]!.prompt.text,
    status: readStatus(answers),
    ranking: listRanked(answers),
  };
}

function readStatus(answers: readonly GivenAnswer[]): LastRound['status'] {
  const first = answers[0]!.parsed.kind;
  return answers.every(({ parsed }) => parsed.kind === first) ? first : 'partial';
}

/** In order of the mean place over the answers; what no answer ranks is left out. */
function listRanked(answers: readonly GivenAnswer[]): Int32Array {
  if (answers.length === 1) return answers[0]!.ranking;
  const candidates = answers[0]!.candidateOrder.length;
  const { order } = aggregateRankings(
    answers.map(({ ranking }) => ranking),
    { candidates },
  );
  const ranked = new Uint8Array(candidates);
  for (const { ranking } of answers) for (const candidate of ranking) ranked[candidate] = 1;
  return order.filter((candidate) => ranked[candidate] === 1);
}
