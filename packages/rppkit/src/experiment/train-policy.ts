import { createPromptPolicyFile, createRecommendationEnvironment, type RankingStepInfo } from '@rppkit/env';
import { createRppLearner, type TrainingProgress, train } from '@rppkit/marl';
import { bootstrapMeanInterval } from '@rppkit/metrics/statistics';
import { encodePolicy, type JsonObject, type PolicyFile } from '@rppkit/policy';
import type { Scorer } from '@rppkit/spec';
import { formatNdcg } from './describe-verdict.ts';
import { type ExperimentContext, runPhase } from './experiment-context.ts';
import { createRunGrowth, type GrowthOutcome } from './grow-space.ts';
import { countTrainingCalls, countUpdates } from './plan-calls.ts';
import type { LearningPoint } from './results.ts';
import { renderTrajectories } from './trajectories.ts';

/** Points of the learning curve. */
const curvePoints = 30;

/** A trained policy and how its training went. */
export interface TrainedPolicy {
  readonly file: PolicyFile;
  readonly learningCurve: readonly LearningPoint[];
  /** Calls that trained it, of all purposes. */
  readonly calls: number;
  /** Sentences that were refined, and why others were not; undefined for RPP. */
  readonly growth: GrowthOutcome | undefined;
}

/**
 * Trains RPP on the training tasks, its critic told what `stateScorers` get on each; writes `trajectories.jsonl` and
 * `metrics.csv` as it goes, `timing.csv` beside them and `policy.rpp` at the end. With `plus` the action space grows, and
 * `lineage.json` tells how.
 */
export async function trainPolicy(
  context: ExperimentContext,
  stateScorers: readonly Scorer[],
  provenance: JsonObject,
): Promise<TrainedPolicy> {
  const { config, folder, tasks, space, encoders, calls, random, signal } = context;
  const environment = createRecommendationEnvironment({
    tasks: tasks.train,
    stateScorers,
    space,
    model: calls.model,
    encoders,
    batchSize: config.batchSize,
  });
  // Episodes of one step have nothing to discount.
  const learner = createRppLearner(environment, { random: random.split('learner'), discount: 1 });
  const growth = createRunGrowth(context, { environment, learner });
  const trainCalls = countTrainingCalls(config);
  const curve = createLearningCurve(countUpdates(config), random);
  let columns: readonly string[] | undefined;
  folder.append('timing.csv', 'update,seconds\n');
  const started = performance.now();
  try {
    const { state } = await runPhase(context, 'train', trainCalls, (setNote) =>
      train(environment, learner, {
        budget: { calls: trainCalls },
        otherCalls: () => growth?.calls ?? 0,
        random: random.split('training'),
        signal,
        callbacks: {
          async onUpdate(progress) {
            if (columns === undefined) {
              columns = Object.keys(progress.metrics).sort();
              folder.append('metrics.csv', `${['update', 'episodes', ...columns].join(',')}\n`);
            }
            const values = columns.map((column) => progress.metrics[column]);
            folder.append('metrics.csv', `${[progress.update, progress.episodes, ...values].join(',')}\n`);
            folder.append('trajectories.jsonl', renderTrajectories(progress));
            folder.append('timing.csv', `${progress.update},${((performance.now() - started) / 1000).toFixed(3)}\n`);
            curve.add(progress);
            const latest = curve.points.at(-1);
            if (latest !== undefined) setNote(`NDCG@10 ${formatNdcg(latest.reward.mean)}`);
            await growth?.advance(progress);
          },
        },
      }),
    );
    const file = createPromptPolicyFile({
      networks: learner.exportNetworks(),
      space: environment.space,
      encoders,
      rounds: 1,
      provenance,
    });
    folder.write('policy.rpp', encodePolicy(file));
    const calls = state.calls + (growth?.calls ?? 0);
    return { file, learningCurve: curve.points, calls, growth: growth?.outcome() };
  } finally {
    learner.dispose();
  }
}

/** Means of the episodes' NDCG over equal stretches of the training. */
function createLearningCurve(
  updates: number,
  random: ExperimentContext['random'],
): { readonly points: LearningPoint[]; add(progress: TrainingProgress<RankingStepInfo>): void } {
  const points: LearningPoint[] = [];
  let pending: number[] = [];
  return {
    points,
    add({ update, episodes, steps }) {
      for (const info of steps.at(-1)!.infos) if (info?.value !== undefined) pending.push(info.value);
      if (Math.floor((update * curvePoints) / updates) <= points.length && update < updates) return;
      if (pending.length < 2) return;
      const { low, high } = bootstrapMeanInterval(pending, { random: random.split('learning-curve').split(update) });
      points.push({
        episodes,
        reward: { mean: pending.reduce((sum, value) => sum + value, 0) / pending.length, low, high },
      });
      pending = [];
    },
  };
}
