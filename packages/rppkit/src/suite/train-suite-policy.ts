import {
  choosePrompts,
  createPromptPolicyFile,
  createRecommendationEnvironment,
  openPromptPolicy,
  type Reword,
} from '@rppkit/env';
import { createRppLearner, train } from '@rppkit/marl';
import type { JointAction, PatternSpace } from '@rppkit/patterns';
import type { PolicyFile } from '@rppkit/policy';
import { createGrowth, createInlineRefinement, createRefiner } from '@rppkit/refiner';
import { pickDefined } from '../pick-defined.ts';
import type { SuiteSeed } from './suite-seed.ts';

/** Episodes between two updates: 60 updates in the 3,000 calls that a suite allows by default. */
export const suiteBatchSize = 50;

/** A trained policy, and the calls of all purposes that trained it. */
export interface SuitePolicy {
  readonly file: PolicyFile;
  readonly calls: number;
  /** Of inline refinement: puts refined sentences in place of the policy's own, once for all whom it serves. */
  readonly reword?: Reword;
}

export interface SuiteTraining {
  readonly space: PatternSpace;
  /** RPP+, out of the same calls. Default: the sentences stay as they are. */
  readonly plus?: 'inline' | 'grow';
}

/** Trains RPP or RPP+ on the training tasks. Learners of one seed differ in their training alone. */
export async function trainSuitePolicy(seed: SuiteSeed, { space, plus }: SuiteTraining): Promise<SuitePolicy> {
  const { tasks, encoders, stateScorers, calls, random, budget, signal } = seed;
  const refiner = createRefiner({ model: calls.model });
  const inline = plus === 'inline' ? createInlineRefinement({ refiner, space }) : undefined;
  const environment = createRecommendationEnvironment({
    tasks: tasks.train,
    space,
    model: calls.model,
    encoders,
    stateScorers,
    batchSize: suiteBatchSize,
    ...pickDefined({ reword: inline?.reword }),
  });
  // Episodes of one step have nothing to discount.
  const learner = createRppLearner(environment, { random: random.split('learner'), discount: 1 });
  const growth =
    plus === 'grow'
      ? createGrowth({ environment, learner, refiner, random: random.split('growth'), learnFromPairs: true })
      : undefined;
  const countOtherCalls = (): number => (inline?.calls ?? 0) + (growth?.calls ?? 0);
  try {
    const { state } = await seed.run('train', budget, () =>
      train(environment, learner, {
        budget: { calls: budget },
        otherCalls: countOtherCalls,
        random: random.split('training'),
        signal,
        callbacks: {
          async onUpdate({ steps, state: { calls: made } }) {
            await growth?.advance({ steps, callsLeft: budget - made - growth.calls }, { signal });
          },
        },
      }),
    );
    const file = createPromptPolicyFile({
      networks: learner.exportNetworks(),
      space: environment.space,
      encoders,
      rounds: 1,
      provenance: { suite: 'ranking', calls: budget },
    });
    return {
      file,
      // Serving refines once more.
      get calls() {
        return state.calls + countOtherCalls();
      },
      ...pickDefined({ reword: inline?.reword }),
    };
  } finally {
    learner.dispose();
  }
}

/** What a policy asks the report users. */
export async function choosePolicyPrompts(
  { tasks, signal }: Pick<SuiteSeed, 'tasks' | 'signal'>,
  { file, reword }: SuitePolicy,
): Promise<{ readonly space: PatternSpace; readonly choices: readonly JointAction[] }> {
  const report = tasks.report.map(({ task }) => task);
  const policy = openPromptPolicy(file);
  const choices = await choosePrompts(report, policy, { signal });
  if (reword === undefined) return { space: policy.space, choices };
  const rounds = report.map((task, index) => ({ task, choice: choices[index]!, round: 0 }));
  const [space] = await reword(rounds, { signal });
  return { space: space!, choices };
}
