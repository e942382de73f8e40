import { createPromptPolicyFile, createRecommendationEnvironment } from '@rppkit/env';
import { createCheckpoint, createReference, createRppLearner, train } from '@rppkit/marl';
import { encodePolicy, type JsonObject, type PolicyFile } from '@rppkit/policy';
import type { Scorer } from '@rppkit/spec';
import { type RunCheckpoint, writeCheckpoint } from '../run-folder/checkpoints.ts';
import { type ExperimentContext, runPhase } from './experiment-context.ts';
import { createRunGrowth, type GrowthOutcome } from './grow-space.ts';
import { createLearningCurve } from './learning-curve.ts';
import { countEpisodes, countTrainingCalls, countUpdates } from './plan-calls.ts';
import type { LearningPoint } from './results.ts';
import { createRoundEnvironment } from './round-environment.ts';
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
 * Trains on the training tasks, as the configuration says; writes `trajectories.jsonl`, `metrics.csv`, `timing.csv` and `checkpoints/` as it goes and
 * `policy.rpp` at the end. With `plus` the action space grows, and `lineage.json` tells how.
 */
export async function trainPolicy(
  context: ExperimentContext,
  { stateScorers, provenance, from }: TrainPolicyOptions,
): Promise<TrainedPolicy> {
  const { config, folder, tasks, space, encoders, calls, random, signal, progress: shown, onAnswer } = context;
  const environment = createRecommendationEnvironment({
    tasks: tasks.train,
    stateScorers,
    space,
    model: calls.model,
    encoders,
    batchSize: config.batchSize,
    rounds: config.rounds,
    // The released code rewards every round with its NDCG.
    reward: { objective: config.learner === 'reference' ? 'sum' : 'final' },
  });
  const learning = { random: random.split('learner') };
  // Without a discount the rewards of an episode sum up to the NDCG of its last round, which is what is reported.
  const learner =
    config.learner === 'reference'
      ? createReference(environment, learning)
      : createRppLearner(environment, { ...learning, discount: 1 });
  const rounds = config.learner === 'reference' ? createRoundEnvironment(environment) : undefined;
  const growth = createRunGrowth(context, { environment, learner });
  if (from?.growth !== undefined) growth!.load(from.growth);
  if (from?.environment !== undefined) environment.load(from.environment);
  const files = openTrainingFiles(folder, from);
  const trainCalls = countTrainingCalls(config);
  const updates = countUpdates(config);
  const curve = createLearningCurve({ updates, random, state: from?.curve });
  let nextCheckpoint = 0;
  const tell = (update: number): void =>
    shown.update?.({
      training: { update, updates, reward: curve.points.at(-1)?.reward },
    });
  tell(from?.training.training.updates ?? 0);
  try {
    const { state } = await runPhase(context, 'train', { total: trainCalls, done: from?.training.training.calls }, () =>
      train(rounds ?? environment, learner, {
        // Where a call fails, the rounds that it ends early are not made up for.
        budget: config.rounds === 1 ? { calls: trainCalls } : { updates },
        otherCalls: () => growth?.calls ?? 0,
        random: random.split('training'),
        signal,
        ...(from && { resumeFrom: from.training }),
        callbacks: {
          async onUpdate(made) {
            const progress = { ...made, episodes: countEpisodes(config, made.update) };
            files.add(progress);
            curve.add(progress, progress.state.calls + (growth?.calls ?? 0));
            tell(progress.update);
            for (const info of progress.steps.flatMap(({ infos }) => infos)) {
              for (const { answer } of info?.asked ?? []) onAnswer(answer);
            }
            await growth?.advance(progress);
            const before = performance.now();
            // What an environment saves is where it stands between two episodes.
            if (before < nextCheckpoint || rounds?.underWay === true) return;
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
      rounds: config.rounds,
      provenance,
    });
    folder.write('policy.rpp', encodePolicy(file));
    const made = state.calls + (growth?.calls ?? 0);
    return { file, learningCurve: curve.points, calls: made, growth: growth?.outcome() };
  } finally {
    learner.dispose();
  }
}
