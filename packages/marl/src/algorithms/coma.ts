/**
 * Counterfactual multi-agent policy gradients (COMA): a central critic tells each agent what its own action was worth beside
 * its other actions, the others' held fixed.
 *
 * Foerster, Farquhar, Afouras, Nardelli, Whiteson: "Counterfactual multi-agent policy gradients", AAAI 2018.
 *
 * Symbols: o observation, s state, a joint action, a^i the action of agent i and a^-i those of all others, r reward of the
 * row, pi^i actor of agent i, Q^i(s, (a^-i, b)) critic, the value of action b of agent i, T^i target network of Q^i, gamma
 * discount, lambda the mixing of one-step and long returns, y^i target, A^i advantage, H entropy, beta entropy coefficient,
 * N usable rows.
 *
 *   Eq. 1  y^i = r + gamma ((1 - lambda) T^i(s', a') + lambda y^i')            (a' taken in the next step, y^i' its target)
 *          y^i = r after a terminated step, r + gamma V^i after any other that no usable step follows
 *   Eq. 2  V^i = sum_b pi^i(b | o') T^i(s', (m^-i, b))                         (m^j: the most probable action of agent j)
 *   Eq. 3  critic loss = 1/N sum_rows sum_i (y^i - Q^i(s, a))^2
 *   Eq. 4  A^i = Q^i(s, a) - sum_b pi^i(b | o) Q^i(s, (a^-i, b)), no gradient through either
 *   Eq. 5  actor loss  = -1/N sum_rows sum_i [ log pi^i(a^i | o) A^i + beta H(pi^i(. | o)) ]
 *
 * Differences from the paper: each agent has networks of its own, and shares hidden layers only where `shareParameters` says
 * so; the critic reads the state and the others' actions, nothing else; actors read the observation, not a history. Where a
 * step was truncated, its successor carries no reward or the rollout ends, there is no next joint action: V^i stands in for
 * its value. It needs no draw, but ignores the others' less probable actions, and which action is most probable may change
 * by widening. An entropy term explores instead of a floor under the probabilities. One critic step a batch, at the same
 * time as the actors' and from the same weights, instead of one a time step and before theirs; the target network may
 * follow a little after each update instead of all at once; Adam instead of RMSProp; advantages may be normalised; actions
 * may be masked; rows without a reward take no part.
 */
import * as tf from '@tensorflow/tfjs';
import { createLearner, type MarlLearner } from '../learner/create-learner.ts';
import { assertLearningSpace, type LearningSpace } from '../learner/learning-space.ts';
import { createActors, sharedMass } from '../networks/actors.ts';
import { CounterfactualCritic } from '../networks/counterfactual-critic.ts';
import { computeMaskedLogSoftmax } from '../networks/masked-log-softmax.ts';
import { computePolicyTerms, createMask, createOneHot, createRows } from '../networks/policy-terms.ts';
import { assertTargetUpdate, followNetwork, type TargetUpdate } from '../networks/target-network.ts';
import { type Loss, ParameterGroup, type StepReport, stepTogether } from '../optimization/parameter-group.ts';
import { computeScheduled } from '../optimization/schedule.ts';
import { computeExplainedVariance, normalizeAdvantages } from '../rollouts/advantages.ts';
import { computeLambdaReturns, listOpenEnds } from '../rollouts/lambda-returns.ts';
import { type FlatRollout, pickRows, selectRows } from '../rollouts/rollout-batch.ts';
import { type ActorCriticOptions, assertFraction, resolveActorCriticOptions } from './actor-critic-options.ts';

/** How `createComa` learns. */
export interface ComaOptions extends ActorCriticOptions {
  /** lambda of the critic's targets, in [0, 1]. Default 0.8. */
  readonly tdLambda?: number;
  /** How the target network follows the critic. Default `{ rate: 0.01 }`; the paper copies now and then: `{ every: … }`. */
  readonly targetUpdate?: TargetUpdate;
  /**
   * Scales the advantages of all rows and agents together to mean 0 and standard deviation 1, so that those of an agent whose
   * choice does not matter stay small. Default true.
   */
  readonly normalizeAdvantages?: boolean;
}

/**
 * The COMA learner on the current TensorFlow.js backend. Of its figures `train/value_loss` is the sum over the agents and
 * `train/explained_variance` their mean. Throws `InvalidArgumentError` for a space without agents, with two of the same name
 * or with a size below 1, and for options out of range.
 */
export function createComa(
  space: LearningSpace,
  { tdLambda = 0.8, targetUpdate = { rate: 0.01 }, ...options }: ComaOptions,
): MarlLearner {
  const resolved = resolveActorCriticOptions(options);
  const { random, discount, networks } = resolved;
  assertFraction('tdLambda', tdLambda);
  assertTargetUpdate(targetUpdate);
  assertLearningSpace(space);
  const actors = createActors(space, networks, random.split('actors'));
  const critic = new CounterfactualCritic(space, networks, random.split('critic'));
  // From the same stream, so that it starts with the critic's weights.
  const target = new CounterfactualCritic(space, networks, random.split('critic'));
  const actorGroup = new ParameterGroup('actor', [actors], { ...resolved, learningRate: resolved.actorLearningRate });
  const criticGroup = new ParameterGroup('critic', [critic], {
    ...resolved,
    learningRate: resolved.criticLearningRate,
  });

  /** y^i in the usable rows. */
  const computeTargets = (
    rollout: FlatRollout,
    current: LearningSpace,
    usable: readonly number[],
  ): readonly Float32Array[] => {
    const { states, actions } = pickRows(rollout, current, usable);
    const takenT = takeActions(target.apply(createRows(states, current.stateSize), actions), actions, current);
    const openEnds = listOpenEnds(rollout);
    const V = openEnds.length === 0 ? [] : computeEndValues(rollout, current, openEnds);
    return takenT.map((taken, i) => {
      const values = placeRows(taken.dataSync<'float32'>(), usable, rollout.rowCount);
      const endValues = placeRows(V[i]?.dataSync<'float32'>(), openEnds, rollout.rowCount);
      const targets = computeLambdaReturns({ ...rollout, values, endValues }, { discount, lambda: tdLambda }); // Eq. 1
      return selectRows(targets, 1, usable);
    });
  };

  /** V^i after the given rows. */
  const computeEndValues = (
    rollout: FlatRollout,
    current: LearningSpace,
    rows: readonly number[],
  ): readonly tf.Tensor1D[] => {
    const { agents, observationSize, stateSize, actionCounts } = current;
    const { nextObservations, nextStates, nextActionMasks } = pickRows(rollout, current, rows);
    const logits = actors.apply(createRows(nextObservations, observationSize));
    const logPi = agents.map((agent, i) =>
      computeMaskedLogSoftmax(logits[i]!, createMask(nextActionMasks?.[agent], actionCounts[agent]!)),
    );
    const m = Object.fromEntries(
      agents.map((agent, i) => [agent, Int32Array.from(logPi[i]!.argMax(1).dataSync<'int32'>())]),
    );
    const T = target.apply(createRows(nextStates, stateSize), m);
    return T.map((values, i) => logPi[i]!.exp().mul(values).sum(1)); // Eq. 2
  };

  return createLearner(space, {
    name: 'coma',
    capabilities: { data: 'on-policy', critic: 'central', acts: 'policy' },
    groups: [actorGroup, criticGroup],
    targets: [target],
    computeOutputs: (o) => actors.apply(o),
    update(rollout, { space: current, done, usable }) {
      const { observationSize, stateSize } = current;
      const batch = pickRows(rollout, current, usable);
      const observations = createRows(batch.observations, observationSize);
      const states = createRows(batch.states, stateSize);
      const targets = computeTargets(rollout, current, usable);
      const beta = computeScheduled(resolved.entropyCoefficient, done);

      // Eq. 4
      const Q = critic.apply(states, batch.actions);
      const takenQ = takeActions(Q, batch.actions, current);
      const pi = computePolicyTerms(actors.apply(observations), batch, current).map(({ logPi }) => logPi.exp());
      const baselines = Q.map((values, i) => values.mul(pi[i]!).sum(1));
      const advantages = takenQ.map((taken, i) => taken.sub(baselines[i]!).dataSync<'float32'>());
      const weights = resolved.normalizeAdvantages ? normalizeTogether(advantages) : advantages;

      // Eq. 5
      const computeActorLoss = (): Loss => {
        const terms = computePolicyTerms(actors.apply(observations), batch, current);
        const gains = terms.map(({ logChosen }, i) => logChosen.mul(tf.tensor1d(weights[i]!)).mean());
        const policyLoss = tf.addN(gains).neg();
        const entropyLoss = tf.addN(terms.map(({ entropy }) => entropy.mean())).neg();
        return { total: policyLoss.add(entropyLoss.mul(beta)), parts: { policyLoss, entropyLoss } };
      };

      // Eq. 3
      const computeCriticLoss = (): Loss => {
        const taken = takeActions(critic.apply(states, batch.actions), batch.actions, current);
        const valueLoss = tf.addN(taken.map((values, i) => values.sub(tf.tensor1d(targets[i]!)).square().mean()));
        return { total: valueLoss, parts: { valueLoss } };
      };

      const [actor, valued] = stepTogether(
        [
          [actorGroup, computeActorLoss],
          [criticGroup, computeCriticLoss],
        ],
        done,
      ) as [StepReport, StepReport];
      followNetwork(critic.variables, target.variables, targetUpdate, done);
      const explained = takenQ.map((taken, i) => computeExplainedVariance(taken.dataSync<'float32'>(), targets[i]!));
      return {
        'train/policy_loss': actor.parts['policyLoss']!,
        'train/entropy_loss': actor.parts['entropyLoss']!,
        'train/value_loss': valued.parts['valueLoss']!,
        'train/explained_variance': explained.reduce((sum, value) => sum + value, 0) / explained.length,
        'train/actor_gradient_norm': actor.norm,
        'train/critic_gradient_norm': valued.norm,
        'train/learning_rate': actor.learningRate,
      };
    },
    widen(agent, parent) {
      actors.widen(agent, parent, sharedMass, actorGroup.onReplace);
      critic.widen(agent, parent, criticGroup.onReplace);
      // No optimiser moves the target, so that nothing else follows.
      target.widen(agent, parent, () => {});
    },
    exportNetworks: () => actors.exportNetworks(),
  });
}

/** Of each agent's values, `[rows, actions]`, those of the actions taken, `[rows]`. */
function takeActions(
  values: readonly tf.Tensor2D[],
  actions: FlatRollout['actions'],
  { agents, actionCounts }: LearningSpace,
): readonly tf.Tensor1D[] {
  return agents.map((agent, i) => values[i]!.mul(createOneHot(actions[agent]!, actionCounts[agent]!)).sum(1));
}

/** An array of `length` with `values[index]` in row `rows[index]`, and 0 elsewhere. */
function placeRows(values: Float32Array | undefined, rows: readonly number[], length: number): Float32Array {
  const placed = new Float32Array(length);
  for (const [index, row] of rows.entries()) placed[row] = values![index]!;
  return placed;
}

/** The advantages of all agents, each `[rows]`, normalised as one batch. */
function normalizeTogether(advantages: readonly Float32Array[]): readonly Float32Array[] {
  const rows = advantages[0]!.length;
  const normalized = normalizeAdvantages(Float32Array.from(advantages.flatMap((one) => [...one])));
  return advantages.map((_, i) => normalized.subarray(i * rows, (i + 1) * rows));
}
