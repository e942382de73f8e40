import { InvalidArgumentError } from '@rppkit/spec';
import { computeJointCount, encodeJoint } from './joint-numbering.ts';

/** The policy to evaluate: what it would choose in each context of a log. */
export interface PromptTarget {
  /** Expressions of each slot. */
  readonly actionCounts: readonly number[];
  /** Probability of a joint action, in [0, 1]. `choice`: one expression a slot. */
  computeProbability(context: number, choice: ArrayLike<number>): number;
  /** Distribution of each slot by itself, one `Float64Array [actionCount]` a slot. Not the caller's to change. */
  computeMarginals(context: number): readonly Float64Array[];
  /**
   * Distribution over all joint actions, the last slot varying fastest, `Float64Array [joint actions]`. Not the caller's to
   * change.
   */
  computeJoint(context: number): Float64Array;
}

export interface FactoredTargetOptions {
  /** Expressions of each slot, positive integers. */
  readonly actionCounts: readonly number[];
  /** Distribution of each slot in a context, one array of `actionCount` probabilities a slot; asked once a context. */
  readonly computeMarginals: (context: number) => readonly ArrayLike<number>[];
}

/**
 * A target whose slots choose independently, given the context, as agents do. Its methods throw `InvalidArgumentError` where
 * a slot's probabilities are negative, too few or too many, or do not sum to 1.
 */
export function createFactoredTarget({ actionCounts, computeMarginals }: FactoredTargetOptions): PromptTarget {
  const known = new Map<number, readonly Float64Array[]>();
  const getMarginals = (context: number): readonly Float64Array[] => {
    const before = known.get(context);
    if (before !== undefined) return before;
    const given = computeMarginals(context);
    const marginals = actionCounts.map((count, slot) => readDistribution(given[slot], count, `slot ${slot}`, context));
    known.set(context, marginals);
    return marginals;
  };
  return {
    actionCounts,
    computeMarginals: getMarginals,
    computeProbability(context, choice) {
      const marginals = getMarginals(context);
      let product = 1;
      for (let slot = 0; slot < marginals.length; slot++) product *= marginals[slot]![choice[slot]!]!;
      return product;
    },
    computeJoint: (context) => computeProduct(getMarginals(context)),
  };
}

export interface JointTargetOptions {
  /** Expressions of each slot, positive integers. */
  readonly actionCounts: readonly number[];
  /** Probability of every joint action in a context, the last slot varying fastest. */
  readonly computeJoint: (context: number) => ArrayLike<number>;
}

/** Probabilities that are kept, 32 MB of them. */
const largestCache = 4e6;

/** A target that chooses its slots together. Its methods throw as those of `createFactoredTarget` do. */
export function createJointTarget({ actionCounts, computeJoint }: JointTargetOptions): PromptTarget {
  const count = computeJointCount(actionCounts);
  const known = new Map<number, Float64Array>();
  // Small, and asked for each slot of each row.
  const knownMarginals = new Map<number, readonly Float64Array[]>();
  const getJoint = (context: number): Float64Array => {
    const before = known.get(context);
    if (before !== undefined) return before;
    const joint = readDistribution(computeJoint(context), count, 'joint actions', context);
    if (known.size * count > largestCache) known.clear();
    known.set(context, joint);
    return joint;
  };
  return {
    actionCounts,
    computeProbability: (context, choice) => getJoint(context)[encodeJoint(actionCounts, choice)]!,
    computeMarginals(context) {
      const before = knownMarginals.get(context);
      if (before !== undefined) return before;
      const marginals = computeSums(getJoint(context), actionCounts);
      knownMarginals.set(context, marginals);
      return marginals;
    },
    computeJoint: getJoint,
  };
}

function readDistribution(
  values: ArrayLike<number> | undefined,
  count: number,
  what: string,
  context: number,
): Float64Array {
  const name = `probabilities of ${what} in context ${context}`;
  if (values?.length !== count) throw new InvalidArgumentError(name, `${count} numbers`, values);
  const distribution = Float64Array.from(values);
  let sum = 0;
  for (const value of distribution) {
    if (!(value >= 0)) throw new InvalidArgumentError(name, 'non-negative', value);
    sum += value;
  }
  // Probabilities in single precision sum to 1 within about 1e-6.
  if (!(Math.abs(sum - 1) < 1e-4)) throw new InvalidArgumentError(name, 'numbers with sum 1', sum);
  return distribution.map((value) => value / sum);
}

/** The joint distribution of independent slots. */
function computeProduct(marginals: readonly Float64Array[]): Float64Array {
  let joint = Float64Array.of(1);
  for (const marginal of marginals) {
    const longer = new Float64Array(joint.length * marginal.length);
    for (let prefix = 0; prefix < joint.length; prefix++) {
      const start = prefix * marginal.length;
      for (let action = 0; action < marginal.length; action++) {
        longer[start + action] = joint[prefix]! * marginal[action]!;
      }
    }
    joint = longer;
  }
  return joint;
}

function computeSums(joint: Float64Array, actionCounts: readonly number[]): readonly Float64Array[] {
  const marginals = actionCounts.map((count) => new Float64Array(count));
  let stride = joint.length;
  marginals.forEach((marginal) => {
    const count = marginal.length;
    stride /= count;
    for (let index = 0; index < joint.length; index++) {
      marginal[Math.floor(index / stride) % count]! += joint[index]!;
    }
  });
  return marginals;
}
