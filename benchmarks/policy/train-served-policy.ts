import {
  type AnsweredRound,
  createPromptPolicyFile,
  createRecommendationEnvironment,
  type RankingStepInfo,
} from '@rppkit/env';
import { collectRollout, createMaa2c, type MarlLearner, type NetworkOptions, train } from '@rppkit/marl';
import { encodeJointAction, type PatternSpace } from '@rppkit/patterns';
import { encodePolicy } from '@rppkit/policy';
import type { Encoder, JudgedTask, PolicyActions, RandomStream, RankingTask, RolloutStep } from '@rppkit/spec';
import type { PreparedWorld } from '../worlds/prepare-world.ts';

/** A kind of policy that is trained and served. */
export interface PolicySetting {
  readonly rounds: number;
  readonly encoders: readonly Encoder[];
  readonly networks: NetworkOptions;
}

/** A user before a round, and what the trained networks do on TensorFlow. */
interface Visit {
  readonly task: RankingTask;
  readonly earlier: readonly AnsweredRound[];
  /** Number of the joint action. */
  readonly choice: number;
  readonly text: string;
  /** Of the chosen expressions, and of others drawn from the same networks. */
  readonly probabilities: readonly ActionProbability[];
}

interface ActionProbability {
  readonly agent: string;
  readonly action: number;
  readonly probability: number;
}

/** A policy file with the visits of users that its training has not seen. */
export interface ServedPolicy {
  readonly bytes: Uint8Array;
  readonly visits: readonly Visit[];
}

const draws = 8;

/** Trains a learner on the world's fit users, and lets it ask its report users, always what it holds best. */
export async function trainServedPolicy(
  { fit, report, space, model }: PreparedWorld,
  { rounds, encoders, networks }: PolicySetting,
  { updates, random }: { readonly updates: number; readonly random: RandomStream },
): Promise<ServedPolicy> {
  const create = (tasks: readonly JudgedTask[], batchSize: number) =>
    createRecommendationEnvironment({ tasks, space, model, encoders, rounds, batchSize, candidateOrders: 1 });
  const environment = create(fit, Math.min(fit.length, 64));
  const learner = createMaa2c(environment, { ...networks, random: random.split('learner'), actorLearningRate: 0.02 });
  try {
    await train(environment, learner, { budget: { updates }, random: random.split('training') });
    const { rollout, steps } = await collectRollout(create(report, report.length), learner, {
      deterministic: true,
      random: random.split('report'),
      seed: 1,
    });
    const told = steps.slice(1).map(({ infos }) => infos as readonly RankingStepInfo[]);
    const drawn = rollout.steps.map((step) => [step, ...drawActions(learner, step, random.split('draws'))]);
    const visits = told[0]!.flatMap((_, row) =>
      told.map((infos, round): Visit => {
        const earlier = told.slice(0, round).map((before) => describeRound(before[row]!));
        return { ...describePrompt(infos[row]!, space), earlier, probabilities: listProbabilities(drawn[round]!, row) };
      }),
    );
    const file = createPromptPolicyFile({ networks: learner.exportNetworks(), space, encoders, rounds });
    return { bytes: encodePolicy(file), visits };
  } finally {
    learner.dispose();
  }
}

function drawActions(learner: MarlLearner, step: RolloutStep, random: RandomStream): readonly PolicyActions[] {
  const { observations, actionMasks: masks } = step;
  const options = { deterministic: false, random, ...(masks && { masks }) };
  return Array.from({ length: draws }, () => learner.act(observations, options));
}

function describeRound({ choice, asked }: RankingStepInfo): AnsweredRound {
  const answers = asked.map(({ answer }) => {
    if (answer.outcome === 'failed') throw new Error('Expected an answer of the simulated model, received a failure.');
    return answer;
  });
  return { choice, answers };
}

function describePrompt(
  { judged, choice, asked }: RankingStepInfo,
  space: PatternSpace,
): Pick<Visit, 'task' | 'choice' | 'text'> {
  return { task: judged.task, choice: encodeJointAction(space, choice), text: asked[0]!.answer.prompt.text };
}

function listProbabilities(acted: readonly PolicyActions[], row: number): readonly ActionProbability[] {
  return acted.flatMap(({ actions, logProbabilities }) =>
    Object.keys(actions).map((agent) => ({
      agent,
      action: actions[agent]![row]!,
      probability: Math.exp(logProbabilities[agent]![row]!),
    })),
  );
}
