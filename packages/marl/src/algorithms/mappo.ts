/**
 * Multi-agent proximal policy optimisation (MAPPO) with decentralised actors and one central critic.
 *
 * Yu, Velu, Vinitsky, Gao, Wang, Bayen, Wu: "The surprising effectiveness of PPO in cooperative multi-agent games",
 * NeurIPS 2022; Schulman, Wolski, Dhariwal, Radford, Klimov: "Proximal policy optimization algorithms",
 * arXiv 1707.06347, 2017.
 *
 * Symbols: o observation, s state, a^i action of agent i, r reward of the row, pi^i actor of agent i, pi^i_old the one that
 * acted, v critic, mu and sigma running mean and standard deviation of the returns, V = mu + sigma v, gamma discount,
 * A advantage, R = A + V(s) return, H entropy, beta entropy coefficient, rho^i ratio, epsilon clip range, N rows of a
 * minibatch.
 *
 *   Eq. 1  delta = r + gamma V(s') - V(s), with V(s') = 0 after a terminated step, mu and sigma as before the rollout
 *   Eq. 2  A = delta + gamma lambda A'                                  (A' of the next step of the same episode)
 *   Eq. 3  Rn = (R - mu) / sigma, with mu and sigma that have taken in the rollout
 * then in every minibatch of every epoch
 *   Eq. 4  rho^i = exp(log pi^i(a^i | o) - log pi^i_old(a^i | o))
 *   Eq. 5  actor loss  = -1/N sum_rows sum_i [ min(rho^i A, clip(rho^i, 1 - epsilon, 1 + epsilon) A) + beta H(pi^i(. | o)) ]
 *   Eq. 6  critic loss =  1/N sum_rows max[ (v - Rn)^2, (clip(v, v_old - epsilon, v_old + epsilon) - Rn)^2 ]
 *
 * A of Eq. 5 is shifted and scaled over the rollout, to mean 0 and deviation 1, unless `normalizeAdvantages` is false.
 *
 * pi^i_old is what the rollout stored with each action. Actors are widened between rollouts, so that every rollout is of the
 * actors that learn from it. One from before `widen` would keep its stored probabilities, of which the parent now holds
 * half: its rows enter with rho = 1/2, the right weight but outside the clip range, all others with rho = 1. One with masks
 * is refused, as these are too short.
 *
 * Differences from the paper: losses are summed over the agents, not averaged; squared errors instead of Huber's; mu and
 * sigma move once a rollout instead of once a minibatch; the critic sees one state for all agents; episodes are not cut into
 * chunks for a recurrent state; epochs may end early by the divergence, as in Stable-Baselines3; actions may be masked;
 * rows without a reward take no part. Actors share layers only where `shareParameters` says so.
 */
import type * as tf from '@tensorflow/tfjs';
import { createLearner, type MarlLearner } from '../learner/create-learner.ts';
import { assertLearningSpace, type LearningSpace } from '../learner/learning-space.ts';
import { createActors, sharedMass } from '../networks/actors.ts';
import { computePolicyTerms, createRows } from '../networks/policy-terms.ts';
import { applyCritics, computeValues, createCentralCritic } from '../networks/value-network.ts';
import { computeClippedActorLoss } from '../optimization/clipped-actor-loss.ts';
import { computeClippedValueLoss } from '../optimization/clipped-value-loss.ts';
import { type Loss, ParameterGroup } from '../optimization/parameter-group.ts';
import { computeScheduled } from '../optimization/schedule.ts';
import { stepMinibatches } from '../optimization/step-minibatches.ts';
import { computeAdvantages, computeExplainedVariance, normalizeAdvantages } from '../rollouts/advantages.ts';
import { pickRows, selectRows } from '../rollouts/rollout-batch.ts';
import { ValueNormalizer } from '../rollouts/value-normalizer.ts';
import { createValueNormalizerMemory } from '../rollouts/value-normalizer-memory.ts';
import { type PpoOptions, resolvePpoOptions } from './ppo-options.ts';

/** How `createMappo` learns. */
export interface MappoOptions extends PpoOptions {}

/**
 * The MAPPO learner on the current TensorFlow.js backend. Its metrics are means over the minibatches of an update, weighted
 * by their rows, but for `train/approx_kl`, which is the mean over the last epoch, summed over the agents: the divergence
 * of the joint policy. `train/clip_fraction` is the mean over the agents, `train/explained_variance` that of the critic
 * before the update. Throws `InvalidArgumentError` for a space without agents, with two of the same name or with a size
 * below 1, and for options out of range.
 */
export function createMappo(space: LearningSpace, options: MappoOptions): MarlLearner {
  const resolved = resolvePpoOptions(options);
  const { random, networks, epochs, minibatches, clipRange, valueClipRange, largestKl } = resolved;
  assertLearningSpace(space);
  const actors = createActors(space, networks, random.split('actors'));
  const critic = createCentralCritic(space, networks, random.split('critic'));
  const normalizer = resolved.normalizeValues ? new ValueNormalizer() : undefined;
  const actorGroup = new ParameterGroup('actor', [actors], { ...resolved, learningRate: resolved.actorLearningRate });
  const criticGroup = new ParameterGroup('critic', [critic], {
    ...resolved,
    learningRate: resolved.criticLearningRate,
  });

  return createLearner(space, {
    name: 'mappo',
    capabilities: { data: 'on-policy', critic: 'central', acts: 'policy' },
    groups: [actorGroup, criticGroup],
    memory: createValueNormalizerMemory(normalizer === undefined ? [] : [normalizer]),
    computeOutputs: (o) => actors.apply(o),
    update(rollout, { space: current, done, usable }) {
      const { agents, observationSize, stateSize } = current;
      const batch = pickRows(rollout, current, usable);
      const [vs] = computeValues(critic, rollout.states, stateSize) as [Float32Array];
      const [nextVs] = computeValues(critic, rollout.nextStates, stateSize) as [Float32Array];
      const values = normalizer?.denormalize(vs) ?? vs;
      const nextValues = normalizer?.denormalize(nextVs) ?? nextVs;
      const estimates = computeAdvantages({ ...rollout, values, nextValues }, resolved); // Eq. 1, Eq. 2
      const returns = selectRows(estimates.returns, 1, usable);
      normalizer?.update(returns);
      const targets = normalizer?.normalize(returns) ?? returns; // Eq. 3
      const oldV = selectRows(vs, 1, usable);
      const advantages = selectRows(estimates.advantages, 1, usable);
      const weights = resolved.normalizeAdvantages ? normalizeAdvantages(advantages) : advantages;
      const entropyCoefficient = computeScheduled(resolved.entropyCoefficient, done);

      const computeLosses = (rows: readonly number[]): readonly (readonly [ParameterGroup, () => Loss])[] => {
        const part = pickRows(batch, current, rows);
        const A = selectRows(weights, 1, rows);

        // Eq. 4, Eq. 5
        const computeActorLoss = (): Loss => {
          const logits = actors.apply(createRows(part.observations, observationSize));
          return computeClippedActorLoss(
            computePolicyTerms(logits, part, current),
            { oldLogChosen: agents.map((agent) => part.logProbabilities[agent]!), advantages: agents.map(() => A) },
            { clipRange, entropyCoefficient },
          );
        };

        // Eq. 6
        const computeCriticLoss = (): Loss => {
          const [v] = applyCritics(critic, part.states, stateSize) as [tf.Tensor1D];
          const rowsOfLoss = { oldValues: selectRows(oldV, 1, rows), targets: selectRows(targets, 1, rows) };
          const valueLoss = computeClippedValueLoss(v, rowsOfLoss, valueClipRange);
          return { total: valueLoss, parts: { valueLoss } };
        };

        return [
          [actorGroup, computeActorLoss],
          [criticGroup, computeCriticLoss],
        ];
      };

      const { all, last } = stepMinibatches(
        { rowCount: usable.length, epochs, minibatches, random: random.split('minibatches').split(done) },
        computeLosses,
        { done, shouldStop: ({ approxKl }) => approxKl! > largestKl },
      );
      return {
        'train/policy_loss': all.parts['policyLoss']!,
        'train/entropy_loss': all.parts['entropyLoss']!,
        'train/value_loss': all.parts['valueLoss']!,
        'train/approx_kl': last.parts['approxKl']!,
        'train/clip_fraction': all.parts['clipFraction']!,
        'train/explained_variance': computeExplainedVariance(selectRows(values, 1, usable), returns),
        'train/actor_gradient_norm': all.norms['actor']!,
        'train/critic_gradient_norm': all.norms['critic']!,
        'train/learning_rate': computeScheduled(resolved.actorLearningRate, done),
      };
    },
    widen: (agent, parent) => actors.widen(agent, parent, sharedMass, actorGroup.onReplace),
    exportNetworks: () => actors.exportNetworks(),
  });
}
