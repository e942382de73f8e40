import type { RankingStepInfo } from '@rppkit/env';
import type { TrainingProgress } from '@rppkit/marl';
import { bootstrapMeanInterval } from '@rppkit/metrics/statistics';
import type { RandomStream } from '@rppkit/spec';
import type { LearningPoint } from './results.ts';

/** Points of the learning curve. */
const curvePoints = 30;

/** What a learning curve goes on from. */
export interface LearningCurveState {
  readonly points: readonly LearningPoint[];
  /** Values of the episodes since the last point. */
  readonly pending: readonly number[];
}

/** Means of the episodes' NDCG over equal stretches of the training. */
export interface LearningCurve {
  readonly points: readonly LearningPoint[];
  /** `calls`: of the training until then. */
  add(progress: TrainingProgress<RankingStepInfo>, calls: number): void;
  state(): LearningCurveState;
}

export interface LearningCurveOptions {
  /** Of the whole training. */
  readonly updates: number;
  /** Split, not drawn from. */
  readonly random: RandomStream;
  readonly state?: LearningCurveState | undefined;
}

/** A learning curve, empty or as `state` was. */
export function createLearningCurve({ updates, random, state }: LearningCurveOptions): LearningCurve {
  const points = [...(state?.points ?? [])];
  let pending = [...(state?.pending ?? [])];
  return {
    points,
    add({ update, episodes, steps }, calls) {
      for (const info of steps.at(-1)!.infos) if (info?.score !== undefined) pending.push(info.score);
      if (Math.floor((update * curvePoints) / updates) <= points.length && update < updates) return;
      if (pending.length < 2) return;
      const { low, high } = bootstrapMeanInterval(pending, { random: random.split('learning-curve').split(update) });
      points.push({
        episodes,
        calls,
        reward: { mean: pending.reduce((sum, value) => sum + value, 0) / pending.length, low, high },
      });
      pending = [];
    },
    state: () => ({ points: [...points], pending }),
  };
}
