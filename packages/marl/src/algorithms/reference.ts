/**
 * The update of the released RPP code with its two defects. It exists to show what they cost, as a row of an ablation:
 * never train a policy for real with it. `createMaa2c` is what it should have been.
 *
 * Mao, Wu, Chen, Gao, Wang, He: "Reinforced prompt personalization for recommendation with large language models", ACM
 * TOIS 43(3), 2025, as released at github.com/maowenyu-11/RPP.
 *
 * What is wrong with it:
 * - All rows share one reward, the mean over the batch. What the actions of a row brought is one part in N of that mean; in
 *   its gradient it drowns in what the other rows brought, so which prompt suits whom is hardly learned.
 * - The temporal difference is reversed: it adds the value before the step and subtracts the value after it.
 * - The critic's loss holds no reward, so V learns nothing of what pays: where the state stays as it is, it runs away from
 *   0.
 * - Nothing is different after the last step: the value of the final state is used, though no reward follows it.
 *
 * Symbols: o observation, s state, s' state after the step, a^i action of agent i, r reward of a row, pi^i actor of agent i,
 * V critic, gamma discount, H entropy, beta entropy coefficient, N usable rows.
 *
 *   Eq. 1  rbar = 1/N sum_rows r
 *   Eq. 2  delta = gamma V(s) + rbar - V(s'), after a terminated step too, no gradient through either V
 *   Eq. 3  actor loss  = -1/N sum_rows sum_i [ log pi^i(a^i | o) delta + beta H(pi^i(. | o)) ]
 *   Eq. 4  critic loss =  1/N sum_rows (gamma V(s) - V(s'))^2, no gradient through V(s')
 *
 * Differences from the released code: its GRU and BatchNorm are not part of this; one gradient step a rollout, with one
 * rbar, where the code makes one step a round (the same for episodes of one round); gradients are clipped; entropy may be
 * added; actions may be masked; rows without a reward take no part.
 */
import { InvalidArgumentError } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { createLearner, type MarlLearner } from '../learner/create-learner.ts';
import { assertLearningSpace, type LearningSpace } from '../learner/learning-space.ts';
import { createActors, sharedMass } from '../networks/actors.ts';
import { computePolicyTerms, createRows } from '../networks/policy-terms.ts';
import { applyCritics, computeValues, createCentralCritic } from '../networks/value-network.ts';
import { type Loss, ParameterGroup, type StepReport, stepTogether } from '../optimization/parameter-group.ts';
import { computeScheduled, type Schedule } from '../optimization/schedule.ts';
import { pickRows } from '../rollouts/rollout-batch.ts';
import { type ActorCriticOptions, resolveActorCriticOptions } from './actor-critic-options.ts';

/** How `createReference` learns: as the released code unless told otherwise. */
export interface ReferenceOptions extends Omit<ActorCriticOptions, 'normalizeAdvantages'> {
  /** Default 0.0003. */
  readonly actorLearningRate?: Schedule;
  /** Default 0.0005. */
  readonly criticLearningRate?: Schedule;
  /** beta, for the sum of the agents' entropies. Default 0: no entropy term. */
  readonly entropyCoefficient?: Schedule;
}

/**
 * The learner of the released RPP code, defects included, on the current TensorFlow.js backend: for ablations alone. Throws
 * `InvalidArgumentError` for a space without agents, with two of the same name or with a size below 1, and for options out
 * of range; its updates also where the state after a terminated step is not finite, since they read it.
 */
export function createReference(
  space: LearningSpace,
  { actorLearningRate = 0.0003, criticLearningRate = 0.0005, entropyCoefficient = 0, ...options }: ReferenceOptions,
): MarlLearner {
  const resolved = resolveActorCriticOptions({ actorLearningRate, criticLearningRate, entropyCoefficient, ...options });
  const { random, discount, networks } = resolved;
  assertLearningSpace(space);
  const actors = createActors(space, networks, random.split('actors'));
  const critic = createCentralCritic(space, networks, random.split('critic'));
  const actorGroup = new ParameterGroup('actor', [actors], { ...resolved, learningRate: actorLearningRate });
  const criticGroup = new ParameterGroup('critic', [critic], { ...resolved, learningRate: criticLearningRate });

  return createLearner(space, {
    name: 'reference',
    capabilities: { data: 'on-policy', critic: 'central', acts: 'policy' },
    groups: [actorGroup, criticGroup],
    computeOutputs: (o) => actors.apply(o),
    update(rollout, { space: current, done, usable }) {
      const { observationSize, stateSize } = current;
      const batch = pickRows(rollout, current, usable);
      assertNextStates(batch.nextStates);
      const [values] = computeValues(critic, batch.states, stateSize) as [Float32Array];
      const [nextValues] = computeValues(critic, batch.nextStates, stateSize) as [Float32Array];
      const rbar = batch.rewards.reduce((sum, reward) => sum + reward, 0) / batch.rowCount; // Eq. 1
      const deltas = values.map((value, row) => discount * value + rbar - nextValues[row]!); // Eq. 2
      const beta = computeScheduled(resolved.entropyCoefficient, done);

      // Eq. 3
      const computeActorLoss = (): Loss => {
        const logits = actors.apply(createRows(batch.observations, observationSize));
        const terms = computePolicyTerms(logits, batch, current);
        const delta = tf.tensor1d(deltas);
        const policyLoss = tf.addN(terms.map(({ logChosen }) => logChosen.mul(delta).mean())).neg();
        const entropyLoss = tf.addN(terms.map(({ entropy }) => entropy.mean())).neg();
        return { total: policyLoss.add(entropyLoss.mul(beta)), parts: { policyLoss, entropyLoss } };
      };

      // Eq. 4
      const computeCriticLoss = (): Loss => {
        const [V] = applyCritics(critic, batch.states, stateSize) as [tf.Tensor1D];
        const valueLoss = V.mul(discount).sub(tf.tensor1d(nextValues)).square().mean();
        return { total: valueLoss, parts: { valueLoss } };
      };

      const [actor, valued] = stepTogether(
        [
          [actorGroup, computeActorLoss],
          [criticGroup, computeCriticLoss],
        ],
        done,
      ) as [StepReport, StepReport];
      return {
        'train/policy_loss': actor.parts['policyLoss']!,
        'train/entropy_loss': actor.parts['entropyLoss']!,
        'train/value_loss': valued.parts['valueLoss']!,
        'train/actor_gradient_norm': actor.norm,
        'train/critic_gradient_norm': valued.norm,
        'train/learning_rate': actor.learningRate,
      };
    },
    widen: (agent, parent) => actors.widen(agent, parent, sharedMass, actorGroup.onReplace),
    exportNetworks: () => actors.exportNetworks(),
  });
}

/** A rollout promises nothing of the states that follow a terminated step. */
function assertNextStates(nextStates: Float32Array): void {
  const foreign = nextStates.find((value) => !Number.isFinite(value));
  if (foreign === undefined) return;
  throw new InvalidArgumentError(
    'the states after the rows that are learned from',
    'finite',
    foreign,
    'This learner reads the state after a terminated step too: let the environment return one.',
  );
}
