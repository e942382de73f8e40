import {
  createFactoredTarget,
  createPromptLog,
  type LoggedPrompt,
  type PromptLog,
  type PromptTarget,
} from '@rppkit/search';
import { createRandomStream, type RandomStream, sampleIndex } from '@rppkit/spec';

/** Expressions of each slot, those of the default pattern space: 1,350 joint actions. */
export const actionCounts = [5, 9, 6, 5] as const;
const slots = actionCounts.length;
const jointCount = actionCounts.reduce((product, count) => product * count, 1);
const contexts = 200;
const noise = 0.2;
const effect = 0.05;

/** A one-step problem of which everything is known, with a logging and a target policy. */
export interface SlateProblem {
  readonly observationSize: number;
  /** `Float32Array [contexts, observationSize]`. */
  readonly observations: Float32Array;
  readonly target: PromptTarget;
  /** The exact value of the target. */
  readonly value: number;
  /** The exact bias of the slate pseudo-inverse. */
  readonly pseudoInverseBias: number;
  /** The exact mean squared importance weight: rows divided by it is the expected effective sample size. */
  readonly secondMoment: number;
  /** The exact expected reward of every joint action, `Float64Array [joint actions]`. */
  computeRewards(context: number): Float64Array;
  /** Contexts uniform, prompts of the logging policy, rewards with normal noise. */
  sampleLog(random: RandomStream, rows: number): PromptLog;
}

/**
 * Each expression has a worth that depends on the context, about standard normal. The expected reward is .5 + .05 for each
 * unit of worth, and with `interaction` that much for each pair of slots and unit of the product of their worths. The target
 * prefers worthy expressions, the logging policy others at random, both softly and slot by slot.
 */
export function createSlateProblem(seed: number, interaction: number): SlateProblem {
  const random = createRandomStream(seed).split('problem');
  const observationSize = 2;
  const observations = Float32Array.from({ length: contexts * observationSize }, () => random.normal());
  // For every expression: worth for everybody, slopes on the observation, taste of the logging policy.
  const expressions = actionCounts.map((count) =>
    Array.from({ length: count }, () => {
      const [base, first, second, taste] = [random.normal(), random.normal(), random.normal(), random.normal()];
      return { base, first, second, taste };
    }),
  );
  const worths = Array.from({ length: contexts }, (_, context) => {
    const [x, y] = observations.subarray(context * observationSize);
    return expressions.map((slot) =>
      Float64Array.from(slot, ({ base, first, second }) => (base + 0.5 * (first * x! + second * y!)) / Math.sqrt(1.5)),
    );
  });
  const logging = worths.map(() => expressions.map((slot) => computeSoftmax(slot.map(({ taste }) => 0.3 * taste))));
  const targets = worths.map((context) => context.map((slot) => computeSoftmax(slot.map((worth) => 0.7 * worth))));
  const computeReward = (context: number, choice: readonly number[]): number => {
    let sum = 0;
    let pairs = 0;
    choice.forEach((action, slot) => {
      const worth = worths[context]![slot]![action]!;
      pairs += sum * worth;
      sum += worth;
    });
    return 0.5 + effect * sum + interaction * pairs;
  };
  const rewards = worths.map((_, context) =>
    Float64Array.from({ length: jointCount }, (_, joint) => computeReward(context, decode(joint))),
  );
  const computeRewards = (context: number): Float64Array => rewards[context]!;
  return {
    observationSize,
    observations,
    target: createFactoredTarget({ actionCounts, computeMarginals: (context) => targets[context]! }),
    ...computeExactly(computeRewards, logging, targets),
    computeRewards,
    sampleLog(stream, rows) {
      const logged = Array.from({ length: rows }, (): LoggedPrompt => {
        const context = stream.integer(contexts);
        const policy = logging[context]!;
        const choice = policy.map((probabilities) => sampleIndex(stream, probabilities));
        const logProbabilities = choice.map((action, slot) => Math.log(policy[slot]![action]!));
        return { context, choice, logProbabilities, reward: computeReward(context, choice) + noise * stream.normal() };
      });
      return createPromptLog(logged, { actionCounts });
    },
  };
}

/** Sums over all contexts and joint actions. */
function computeExactly(
  computeRewards: SlateProblem['computeRewards'],
  logging: readonly (readonly Float64Array[])[],
  targets: readonly (readonly Float64Array[])[],
): Pick<SlateProblem, 'value' | 'pseudoInverseBias' | 'secondMoment'> {
  let value = 0;
  let pseudoInverse = 0;
  let secondMoment = 0;
  for (let context = 0; context < contexts; context++) {
    const rewards = computeRewards(context);
    for (let joint = 0; joint < jointCount; joint++) {
      let [drawn, wanted, ratios] = [1, 1, 0];
      decode(joint).forEach((action, slot) => {
        const propensity = logging[context]![slot]![action]!;
        const probability = targets[context]![slot]![action]!;
        drawn *= propensity;
        wanted *= probability;
        ratios += probability / propensity;
      });
      value += (wanted * rewards[joint]!) / contexts;
      pseudoInverse += (drawn * (ratios + 1 - slots) * rewards[joint]!) / contexts;
      secondMoment += wanted ** 2 / drawn / contexts;
    }
  }
  return { value, pseudoInverseBias: pseudoInverse - value, secondMoment };
}

/** The joint action of a number, the last slot varying fastest. */
function decode(joint: number): readonly number[] {
  const choice = new Array<number>(slots);
  let rest = joint;
  for (let slot = slots - 1; slot >= 0; slot--) {
    choice[slot] = rest % actionCounts[slot]!;
    rest = Math.floor(rest / actionCounts[slot]!);
  }
  return choice;
}

function computeSoftmax(scores: ArrayLike<number>): Float64Array {
  const weights = Float64Array.from(scores, Math.exp);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
