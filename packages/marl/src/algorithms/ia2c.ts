/**
 * Independent advantage actor-critic (IA2C): every agent has an actor and a critic of its own and learns as if alone.
 *
 * Mnih, Badia, Mirza, Graves, Lillicrap, Harley, Silver, Kavukcuoglu: "Asynchronous methods for deep reinforcement
 * learning", ICML 2016 (A2C is its synchronous form); one learner an agent as in Papoudakis, Christianos, Schäfer,
 * Albrecht: "Benchmarking multi-agent deep reinforcement learning algorithms in cooperative tasks", NeurIPS 2021.
 *
 * Symbols: o observation, a^i action of agent i, r reward of the row, which all agents share, pi^i actor and V^i critic of
 * agent i, gamma discount, A^i advantage, R^i = A^i + V^i(o) return, H entropy, beta entropy coefficient, N usable rows.
 *
 *   Eq. 1  delta^i = r + gamma V^i(o') - V^i(o), with V^i(o') = 0 after a terminated step, no gradient through either V^i
 *   Eq. 2  A^i = delta^i + gamma lambda A^i'                            (A^i' of the next step of the same episode)
 *   Eq. 3  actor loss  = -1/N sum_rows sum_i [ log pi^i(a^i | o) A^i + beta H(pi^i(. | o)) ]
 *   Eq. 4  critic loss =  1/N sum_rows sum_i (R^i - V^i(o))^2
 *
 * Differences from the papers: one synchronous batch of episodes instead of asynchronous workers; Adam instead of RMSProp;
 * an actor and its critic share no layer; one optimiser moves all actors and one all critics, so that each clips the joint
 * gradient of its agents; advantages may be normalised, each agent's by themselves; lambda mixes the returns (1 gives the
 * papers'); networks read the observation, not the history of an agent; actions may be masked; rows without a reward take
 * no part. Agents share layers only where `shareParameters` says so: actors with actors, critics with critics.
 */
import * as tf from '@tensorflow/tfjs';
import { createLearner, type MarlLearner } from '../learner/create-learner.ts';
import { assertLearningSpace, type LearningSpace } from '../learner/learning-space.ts';
import { createActors, sharedMass } from '../networks/actors.ts';
import { computePolicyTerms, createRows } from '../networks/policy-terms.ts';
import { applyCritics, computeValues, createIndependentCritics } from '../networks/value-network.ts';
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

/** How `createIa2c` learns. */
export interface Ia2cOptions extends ActorCriticOptions, GaeOptions {}

/**
 * The IA2C learner on the current TensorFlow.js backend; it never reads the central state. Of its figures
 * `train/value_loss` is the sum over the agents and `train/explained_variance` their mean. Throws `InvalidArgumentError` for
 * a space without agents, with two of the same name or with a size below 1, and for options out of range.
 */
export function createIa2c(space: LearningSpace, { gaeLambda = 1, ...options }: Ia2cOptions): MarlLearner {
  const resolved = resolveActorCriticOptions(options);
  const { random, discount, networks } = resolved;
  assertFraction('gaeLambda', gaeLambda);
  assertLearningSpace(space);
  const actors = createActors(space, networks, random.split('actors'));
  const critics = createIndependentCritics(space, networks, random.split('critics'));
  const actorGroup = new ParameterGroup('actor', [actors], { ...resolved, learningRate: resolved.actorLearningRate });
  const criticGroup = new ParameterGroup('critic', [critics], {
    ...resolved,
    learningRate: resolved.criticLearningRate,
  });

  return createLearner(space, {
    name: 'ia2c',
    capabilities: { data: 'on-policy', critic: 'independent', acts: 'policy' },
    groups: [actorGroup, criticGroup],
    computeOutputs: (o) => actors.apply(o),
    update(rollout, { space: current, done, usable }) {
      const { observationSize } = current;
      const allValues = computeValues(critics, rollout.observations, observationSize);
      const allNextValues = computeValues(critics, rollout.nextObservations, observationSize);
      const estimates = allValues.map((values, i) => {
        const nextValues = allNextValues[i]!;
        const estimate = computeAdvantages({ ...rollout, values, nextValues }, { discount, gaeLambda }); // Eq. 1, Eq. 2
        const advantages = selectRows(estimate.advantages, 1, usable);
        return {
          weights: resolved.normalizeAdvantages ? normalizeAdvantages(advantages) : advantages,
          returns: selectRows(estimate.returns, 1, usable),
          values: selectRows(values, 1, usable),
        };
      });
      const batch = pickRows(rollout, current, usable);
      const beta = computeScheduled(resolved.entropyCoefficient, done);

      // Eq. 3
      const computeActorLoss = (): Loss => {
        const logits = actors.apply(createRows(batch.observations, observationSize));
        const terms = computePolicyTerms(logits, batch, current);
        const gains = terms.map(({ logChosen }, i) => logChosen.mul(tf.tensor1d(estimates[i]!.weights)).mean());
        const policyLoss = tf.addN(gains).neg();
        const entropyLoss = tf.addN(terms.map(({ entropy }) => entropy.mean())).neg();
        return { total: policyLoss.add(entropyLoss.mul(beta)), parts: { policyLoss, entropyLoss } };
      };

      // Eq. 4
      const computeCriticLoss = (): Loss => {
        const V = applyCritics(critics, batch.observations, observationSize);
        const valueLoss = tf.addN(V.map((Vi, i) => Vi.sub(tf.tensor1d(estimates[i]!.returns)).square().mean()));
        return { total: valueLoss, parts: { valueLoss } };
      };

      const [actor, valued] = stepTogether(
        [
          [actorGroup, computeActorLoss],
          [criticGroup, computeCriticLoss],
        ],
        done,
      ) as [StepReport, StepReport];
      const explained = estimates.map(({ values, returns }) => computeExplainedVariance(values, returns));
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
    widen: (agent, parent) => actors.widen(agent, parent, sharedMass, actorGroup.onReplace),
    exportNetworks: () => actors.exportNetworks(),
  });
}
