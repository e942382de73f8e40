import { createPromptPolicyFile, createRecommendationEnvironment } from '@rppkit/env';
import { createCheckpoint, createRppLearner, train } from '@rppkit/marl';
import { encodePolicy, type JsonObject, type PolicyFile } from '@rppkit/policy';
import type { Scorer } from '@rppkit/spec';
import { type RunCheckpoint, writeCheckpoint } from '../run-folder/checkpoints.ts';
import { formatNdcg } from './describe-verdict.ts';
import { type ExperimentContext, runPhase } from './experiment-context.ts';
import { createRunGrowth, type GrowthOutcome } from './grow-space.ts';
import { createLearningCurve } from './learning-curve.ts';
import { countTrainingCalls, countUpdates } from './plan-calls.ts';
import type { LearningPoint } from './results.ts';
import { openTrainingFiles } from './training-files.ts';

/** From one checkpoint to the next passes this many times what the last one took, so that they cost 5 % at most. */
const checkpointPause = 20;

/** A trained policy and how its training went. */
export interface TrainedPolicy {
  readonly file: PolicyFile;
  readonly learningCurve: readonly LearningPoint[];
  /** Calls that trained it, of all purposes. */
  readonly calls: number;
  /** Sentences that were refined, and why others were not; undefined for RPP. */
  readonly growth: GrowthOutcome | undefined;
}

export interface TrainPolicyOptions {
  /** What they get on each task, the critic is told. */
  readonly stateScorers: readonly Scorer[];
  readonly provenance: JsonObject;
  /** Where an interrupted training goes on. */
  readonly from: RunCheckpoint | undefined;
}

/**
 * Trains RPP on the training tasks; writes `trajectories.jsonl`, `metrics.csv`, `timing.csv` and `checkpoints/` as it goes and
 * `policy.rpp` at the end. With `plus` the action space grows, and `lineage.json` tells how.
 */
export async function trainPolicy(
  context: ExperimentContext,
  { stateScorers, provenance, from }: TrainPolicyOptions,
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
  if (from?.growth !== undefined) growth!.load(from.growth);
  if (from?.environment !== undefined) environment.load(from.environment);
  const files = openTrainingFiles(folder, from);
  const trainCalls = countTrainingCalls(config);
  const curve = createLearningCurve({ updates: countUpdates(config), random, state: from?.curve });
  let nextCheckpoint = 0;
  try {
    const { state } = await runPhase(
      context,
      'train',
      { total: trainCalls, done: from?.training.training.calls },
      (setNote) =>
        train(environment, learner, {
          budget: { calls: trainCalls },
          otherCalls: () => growth?.calls ?? 0,
          random: random.split('training'),
          signal,
          ...(from && { resumeFrom: from.training }),
          callbacks: {
            async onUpdate(progress) {
              files.add(progress);
              curve.add(progress, progress.state.calls + (growth?.calls ?? 0));
              const latest = curve.points.at(-1);
              if (latest !== undefined) setNote(`NDCG@10 ${formatNdcg(latest.reward.mean)}`);
              await growth?.advance(progress);
              const before = performance.now();
              if (before < nextCheckpoint) return;
              writeCheckpoint(folder, {
                training: createCheckpoint(learner, progress),
                ...(growth === undefined ? { environment: environment.save() } : { growth: growth.save() }),
                curve: curve.state(),
                files: files.marks(),
                calls: calls.counts(),
              });
              const after = performance.now();
              nextCheckpoint = after + checkpointPause * (after - before);
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
    const made = state.calls + (growth?.calls ?? 0);
    return { file, learningCurve: curve.points, calls: made, growth: growth?.outcome() };
  } finally {
    learner.dispose();
  }
}
