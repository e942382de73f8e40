/**
 * Multi-agent advantage actor-critic (MAA2C) with decentralised actors and one central critic.
 *
 * Mnih, Badia, Mirza, Graves, Lillicrap, Harley, Silver, Kavukcuoglu: "Asynchronous methods for deep reinforcement
 * learning", ICML 2016 (A2C is its synchronous form); with a central critic as in Papoudakis, Christianos, Schäfer,
 * Albrecht: "Benchmarking multi-agent deep reinforcement learning algorithms in cooperative tasks", NeurIPS 2021.
 *
 * Symbols: o observation, s state, a^i action of agent i, r reward of the row, pi^i actor of agent i, V critic,
 * gamma discount, A advantage, R = A + V(s) return, H entropy, beta entropy coefficient, N usable rows.
 *
 *   Eq. 1  delta = r + gamma V(s') - V(s), with V(s') = 0 after a terminated step, no gradient through either V
 *   Eq. 2  A = delta + gamma lambda A'                                  (A' of the next step of the same episode)
 *   Eq. 3  actor loss  = -1/N sum_rows sum_i [ log pi^i(a^i | o) A + beta H(pi^i(. | o)) ]
 *   Eq. 4  critic loss =  1/N sum_rows (R - V(s))^2
 *
 * Differences from the paper: one synchronous batch of episodes instead of asynchronous workers; Adam instead of RMSProp;
 * actors and critic share no layer and have their own optimisers; advantages may be normalised over the batch; lambda
 * mixes the returns (1 gives the paper's); actions may be masked; rows without a reward take no part. Actors share layers
 * only where `shareParameters` says so.
 */
import * as tf from '@tensorflow/tfjs';
import { createLearner, type MarlLearner } from '../learner/create-learner.ts';
import { assertLearningSpace, type LearningSpace } from '../learner/learning-space.ts';
import { createActors, sharedMass } from '../networks/actors.ts';
import { computePolicyTerms, createRows } from '../networks/policy-terms.ts';
import { applyCritics, computeValues, createCentralCritic } from '../networks/value-network.ts';
import { type Loss, ParameterGroup, type StepReport, stepTogether } from '../optimization/parameter-group.ts';
import { computeScheduled } from '../optimization/schedule.ts';
import { computeAdvantages, computeExplainedVariance, normalizeAdvantages } from '../rollouts/advantages.ts';
import { pickRows, selectRows } from '../rollouts/rollout-batch.ts';
import {
  type ActorCriticOptions,
  assertFraction,
  type GaeOptions,
  resolveActorCriticOptions,
} from './actor-critic-options.ts';

/** How `createMaa2c` learns. */
export interface Maa2cOptions extends ActorCriticOptions, GaeOptions {}

/**
 * The MAA2C learner on the current TensorFlow.js backend. Throws `InvalidArgumentError` for a space without agents, with two
 * of the same name or with a size below 1, and for options out of range.
 */
export function createMaa2c(space: LearningSpace, { gaeLambda = 1, ...options }: Maa2cOptions): MarlLearner {
  const resolved = resolveActorCriticOptions(options);
  const { random, discount, networks } = resolved;
  assertFraction('gaeLambda', gaeLambda);
  assertLearningSpace(space);
  const actors = createActors(space, networks, random.split('actors'));
  const critic = createCentralCritic(space, networks, random.split('critic'));
  const actorGroup = new ParameterGroup('actor', [actors], { ...resolved, learningRate: resolved.actorLearningRate });
  const criticGroup = new ParameterGroup('critic', [critic], {
    ...resolved,
    learningRate: resolved.criticLearningRate,
  });

  return createLearner(space, {
    name: 'maa2c',
    capabilities: { data: 'on-policy', critic: 'central', acts: 'policy' },
    groups: [actorGroup, criticGroup],
    computeOutputs: (o) => actors.apply(o),
    update(rollout, { space: current, done, usable }) {
      const { observationSize, stateSize } = current;
      const [values] = computeValues(critic, rollout.states, stateSize) as [Float32Array];
      const [nextValues] = computeValues(critic, rollout.nextStates, stateSize) as [Float32Array];
      const estimates = computeAdvantages({ ...rollout, values, nextValues }, { discount, gaeLambda }); // Eq. 1, Eq. 2
      const advantages = selectRows(estimates.advantages, 1, usable);
      const returns = selectRows(estimates.returns, 1, usable);
      const batch = pickRows(rollout, current, usable);
      const weights = resolved.normalizeAdvantages ? normalizeAdvantages(advantages) : advantages;
      const beta = computeScheduled(resolved.entropyCoefficient, done);

      // Eq. 3
      const computeActorLoss = (): Loss => {
        const logits = actors.apply(createRows(batch.observations, observationSize));
        const terms = computePolicyTerms(logits, batch, current);
        const A = tf.tensor1d(weights);
        const policyLoss = tf.addN(terms.map(({ logChosen }) => logChosen.mul(A).mean())).neg();
        const entropyLoss = tf.addN(terms.map(({ entropy }) => entropy.mean())).neg();
        return { total: policyLoss.add(entropyLoss.mul(beta)), parts: { policyLoss, entropyLoss } };
      };

      // Eq. 4
      const computeCriticLoss = (): Loss => {
        const [V] = applyCritics(critic, batch.states, stateSize) as [tf.Tensor1D];
        const valueLoss = V.sub(tf.tensor1d(returns)).square().mean();
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
        'train/explained_variance': computeExplainedVariance(selectRows(values, 1, usable), returns),
        'train/actor_gradient_norm': actor.norm,
        'train/critic_gradient_norm': valued.norm,
        'train/learning_rate': actor.learningRate,
      };
    },
    widen: (agent, parent) => actors.widen(agent, parent, sharedMass, actorGroup.onReplace),
    exportNetworks: () => actors.exportNetworks(),
  });
}
