import type { RankingStepInfo, RecommendationEnvironment } from '@rppkit/env';
import type { MarlLearner, TrainingProgress } from '@rppkit/marl';
import { type Child, createGrowth, createRefiner, type GrowthState } from '@rppkit/refiner';
import type { ExperimentContext } from './experiment-context.ts';
import { countTrainingCalls } from './plan-calls.ts';

/** What became of the sentences; part of `training.json`. */
export interface GrowthOutcome {
  readonly children: readonly Child[];
  /** Refinements that gave no sentence, by reason. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** The growing action space of a run. */
export interface RunGrowth {
  /** Calls of both models beside the rollouts so far. */
  readonly calls: number;
  /** After an update; writes `lineage.json` where something changed. */
  advance(progress: TrainingProgress<RankingStepInfo>): Promise<void>;
  outcome(): GrowthOutcome;
  save(): GrowthState;
  /** Goes on from `save`, before the training does. */
  load(state: GrowthState): void;
}

/** A growth as the configuration wants it, refined by the ranker itself; undefined without `plus`. */
export function createRunGrowth(
  { config, calls, random, folder, signal }: ExperimentContext,
  { environment, learner }: { readonly environment: RecommendationEnvironment; readonly learner: MarlLearner },
): RunGrowth | undefined {
  const { plus } = config;
  if (plus === undefined) return undefined;
  const { every, share, patterns } = plus;
  const growth = createGrowth({
    environment,
    learner,
    refiner: createRefiner({ model: calls.model }),
    random: random.split('growth'),
    patterns,
    when: { every },
    share,
    learnFromPairs: true,
  });
  const write = (): void => {
    const { children, arms, counts } = growth;
    folder.write('lineage.json', `${JSON.stringify({ schemaVersion: 1, counts, children, arms }, null, 2)}\n`);
  };
  return {
    get calls() {
      return growth.calls;
    },
    async advance({ steps, state }) {
      const callsLeft = countTrainingCalls(config) - state.calls - growth.calls;
      const { refinements, promoted, retired } = await growth.advance({ steps, callsLeft }, { signal });
      if (refinements.length + promoted.length + retired.length > 0) write();
    },
    outcome() {
      write();
      return { children: growth.children, reasons: growth.counts.reasons };
    },
    save: () => growth.save(),
    load: (state) => growth.load(state),
  };
}
