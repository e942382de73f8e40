import { computeActionMasks, findFounders, type JointAction, type PatternSpace } from '@rppkit/patterns';
import type { EncoderContext, JudgedTask, LastRound } from '@rppkit/spec';
import type { AskedOrder } from './ask-orders.ts';
import { describeRound } from './describe-round.ts';
import { computeRankingsScore, computeReward, type GivenAnswer, type RewardOptions } from './reward.ts';

/** What one row did in one step. */
export interface RankingStepInfo {
  readonly judged: JudgedTask;
  /** 0 … rounds-1. */
  readonly round: number;
  readonly choice: JointAction;
  /** The prompt with its answer, once for every candidate order that it was asked in. */
  readonly asked: readonly AskedOrder[];
  /** Metric of the round's answer, or of the rank aggregate over its candidate orders; undefined for a failed call. */
  readonly score?: number;
  /** What the episode has been worth up to this round under its objective: what reports print of the last round. */
  readonly value?: number;
  /** What the policy gave each chosen expression, natural logarithm, in the order of the patterns; where it was passed in. */
  readonly logProbabilities?: readonly number[];
}

/** One row of the environment between two steps. */
export interface Episode {
  readonly judged: JudgedTask;
  /** How often the task was visited before. */
  readonly visit: number;
  /** Rounds asked so far. */
  readonly round: number;
  readonly active: boolean;
  /** Legal expressions of the coming round, one array a pattern. */
  readonly masks: readonly Uint8Array[];
  /** The window of the round before. */
  readonly window?: number;
  readonly last?: LastRound;
  /** Of all rounds so far, as indices of the task's own candidates. */
  readonly rankings: readonly Int32Array[];
  /** What it has been worth so far under its objective; 0 before the first round. */
  readonly value: number;
}

/** An episode before its first round. */
export function createEpisode(judged: JudgedTask, visit: number, space: PatternSpace): Episode {
  const masks = computeActionMasks(space, judged.task);
  return { judged, visit, round: 0, active: true, masks, rankings: [], value: 0 };
}

/** What encoders may see of an episode. An ended one shows its last answer, but no round beyond the last. */
export function describeEpisode({ judged: { task }, round, last }: Episode, rounds: number): EncoderContext {
  const context = { task, round: Math.min(round, rounds - 1), rounds };
  return last === undefined ? context : { ...context, last };
}

/** What a round came to for one row. */
export interface RoundOutcome {
  /** After the round. */
  readonly episode: Episode;
  readonly info: RankingStepInfo;
  readonly reward: number;
  readonly terminated: boolean;
  /** True where a call failed: the row ends without a reward. */
  readonly truncated: boolean;
}

export interface AdvanceOptions {
  readonly space: PatternSpace;
  readonly rounds: number;
  readonly reward: RewardOptions;
}

/** The episode after a round that was asked; `episode` itself stays as it is. */
export function advanceEpisode(
  episode: Episode,
  { choice, asked }: { readonly choice: JointAction; readonly asked: readonly AskedOrder[] },
  { space, rounds, reward }: AdvanceOptions,
): RoundOutcome {
  const { judged, round } = episode;
  const { prompt } = asked[0]!.answer;
  const answers = asked.map(({ answer }) => answer).filter(isGiven);
  const info = { judged, round, choice, asked };
  const shared = { ...episode, round: round + 1, window: prompt.window };
  if (answers.length < asked.length) {
    const founders = findFounders(space, choice);
    const last: LastRound = { choice: founders, prompt: prompt.text, status: 'failed', ranking: new Int32Array(0) };
    return { episode: { ...shared, active: false, last }, info, reward: 0, terminated: false, truncated: true };
  }
  const own = answers.map(({ ranking }) => ranking);
  const rankings = [...episode.rankings, ...own];
  const score = computeRankingsScore(judged, own, reward);
  const value = computeValue(episode, score, rankings, reward);
  const terminated = round + 1 === rounds;
  return {
    episode: {
      ...shared,
      active: !terminated,
      masks: computeActionMasks(space, judged.task, { previousWindow: prompt.window }),
      last: describeRound(space, { choice, answers }),
      rankings,
      value,
    },
    info: { ...info, score, value },
    reward: computeReward({ current: value, previous: episode.value }, answers, reward),
    terminated,
    truncated: false,
  };
}

function computeValue(
  { judged, value, round }: Episode,
  score: number,
  rankings: readonly Int32Array[],
  reward: RewardOptions,
): number {
  if (reward.objective === 'sum') return value + score;
  // After one round the aggregate is that round's.
  return reward.objective === 'aggregate' && round > 0 ? computeRankingsScore(judged, rankings, reward) : score;
}

function isGiven(answer: AskedOrder['answer']): answer is GivenAnswer {
  return answer.outcome !== 'failed';
}
