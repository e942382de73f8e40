import { selectBackend } from '@rppkit/backend';
import { createJudgedTasks } from '@rppkit/datasets';
import {
  createPromptPolicyFile,
  createRecommendationEnvironment,
  fitHistoryStatistics,
  type RecommendationEnvironment,
} from '@rppkit/env';
import { createRppLearner, type MarlLearner, train } from '@rppkit/marl';
import { createPatternSpace, domains } from '@rppkit/patterns';
import { encodePolicy } from '@rppkit/policy';
import { createGrowth, createRefiner, type Growth } from '@rppkit/refiner';
import { createKnowledge, createSimulatedTextModel, createWorld } from '@rppkit/simulator';
import { createRandomStream, type Encoder, type JudgedTask, type TextModel } from '@rppkit/spec';
import { selectPatterns } from './experiment/select-patterns.ts';

/** A training whose action space grows, small enough for tests. */
export interface GrowingRun {
  readonly environment: RecommendationEnvironment;
  readonly learner: MarlLearner;
  readonly growth: Growth;
  readonly encoders: readonly Encoder[];
  readonly tasks: readonly JudgedTask[];
  train(): Promise<void>;
}

const random = createRandomStream('growing run');
const calls = 400;

/** The tasks and the model of the run. */
export function createGrowingWorld(): { readonly tasks: readonly JudgedTask[]; readonly model: TextModel } {
  const { dataset } = createWorld({ preset: 'weak-wording', users: 200, random: random.split('world') });
  const users = Int32Array.from({ length: 100 }, (_, user) => user);
  const knowledge = createKnowledge(dataset, { users: users.map((user) => user + 100) });
  return {
    tasks: createJudgedTasks(dataset, { users, target: 'test', random: random.split('tasks') }),
    model: createSimulatedTextModel({ knowledge }),
  };
}

/** `refining` is asked for sentences; default: the ranker. */
export async function prepareGrowingRun({
  model,
  tasks,
  refining = model,
}: {
  readonly tasks: readonly JudgedTask[];
  readonly model: TextModel;
  readonly refining?: TextModel;
}): Promise<GrowingRun> {
  await selectBackend(['cpu']);
  const patterns = selectPatterns({ data: { kind: 'synthetic', preset: 'weak-wording', users: 200 } });
  const space = createPatternSpace({ domain: domains.movies.en, patterns });
  const encoders = [fitHistoryStatistics(tasks.map(({ task }) => task))];
  const environment = createRecommendationEnvironment({ tasks, space, model, encoders, batchSize: 20 });
  const learner = createRppLearner(environment, { random: random.split('learner'), members: 4, discount: 1 });
  const growth = createGrowth({
    environment,
    learner,
    refiner: createRefiner({ model: refining }),
    random: random.split('growth'),
    when: { every: 2 },
    share: 0.4,
    test: { maximumPairs: 40 },
    learnFromPairs: true,
  });
  return {
    environment,
    learner,
    growth,
    encoders,
    tasks,
    async train() {
      await train(environment, learner, {
        budget: { calls },
        otherCalls: () => growth.calls,
        random: random.split('training'),
        callbacks: {
          async onUpdate(progress) {
            await growth.advance({ ...progress, callsLeft: calls - progress.state.calls - growth.calls });
          },
        },
      });
    },
  };
}

/** The policy file of a run. */
export function encodeGrownPolicy({ learner, environment, encoders }: GrowingRun): Uint8Array {
  const { space } = environment;
  return encodePolicy(createPromptPolicyFile({ networks: learner.exportNetworks(), space, encoders, rounds: 1 }));
}
