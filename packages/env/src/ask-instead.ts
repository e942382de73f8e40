import type { JointAction, PatternSpace } from '@rppkit/patterns';
import { InvalidArgumentError, type TextModel } from '@rppkit/spec';
import { askRanking } from './ask-ranking.ts';
import type { RankingStepInfo } from './episode.ts';
import { computeRankingsScore, computeReward, type GivenAnswer, type RewardOptions } from './reward.ts';
import { runTogether } from './run-together.ts';

/** Another prompt for a round that was played. */
export interface InsteadRequest {
  /** Of the round that was played. */
  readonly info: RankingStepInfo;
  /** The joint action to ask in its place. */
  readonly choice: JointAction;
  /** The window of the round before it, for history patterns with increments. */
  readonly previousWindow?: number;
}

/** What the other prompt came to. */
export interface InsteadAnswer {
  /** As `RankingStepInfo.score`; undefined where a call failed. */
  readonly score?: number;
  /** What a step would have given, were it the only round of its episode; undefined where a call failed. */
  readonly reward?: number;
  /** Calls made: one a candidate order. */
  readonly calls: number;
}

/** Asks other prompts for the same tasks, candidate orders and sample indices as rounds that were played. */
export function askAllInstead(
  requests: readonly InsteadRequest[],
  { model, space, reward }: { readonly model: TextModel; readonly space: PatternSpace; readonly reward: RewardOptions },
  signal: AbortSignal | undefined,
): Promise<readonly InsteadAnswer[]> {
  const ask = async (row: number, stop: AbortSignal): Promise<InsteadAnswer> => {
    const { info, choice, previousWindow } = requests[row]!;
    const { judged, asked } = info;
    if (asked.length === 0) throw new InvalidArgumentError('info', 'that of a round that was asked', asked);
    const answers: GivenAnswer[] = [];
    for (const { orderIndex, sampleIndex } of asked) {
      const window = previousWindow === undefined ? {} : { previousWindow };
      const request = { task: judged.task, choice, orderIndex, sampleIndex, ...window };
      const answer = await askRanking(request, { model, space, signal: stop });
      if (answer.outcome === 'failed') return { calls: answers.length + 1 };
      answers.push(answer);
    }
    const rankings = answers.map(({ ranking }) => ranking);
    const score = computeRankingsScore(judged, rankings, reward);
    return { score, reward: computeReward({ current: score, previous: 0 }, answers, reward), calls: answers.length };
  };
  return runTogether(requests.length, ask, signal);
}
