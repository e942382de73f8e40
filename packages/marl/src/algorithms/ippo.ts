/**
 * Independent proximal policy optimisation (IPPO): every agent has an actor and a critic of its own, and learns as if it were
 * alone.
 *
 * de Witt, Gupta, Makoviichuk, Makoviychuk, Torr, Sun, Whiteson: "Is independent learning all you need in the StarCraft
 * multi-agent challenge?", arXiv 2011.09533, 2020; Schulman, Wolski, Dhariwal, Radford, Klimov: "Proximal policy
 * optimization algorithms", arXiv 1707.06347, 2017.
 *
 * Symbols: o observation, a^i action of agent i, r reward of the row, shared by all agents, pi^i actor of agent i,
 * pi^i_old the one that acted, v^i critic of agent i, w^i what it said before the update, mu^i and sigma^i running mean and
 * standard deviation of its returns, V^i = mu^i + sigma^i v^i, gamma discount, A^i advantage, R^i = A^i + V^i(o) return,
 * H entropy, beta entropy coefficient, rho^i ratio, epsilon clip range, N rows of a minibatch.
 *
 *   Eq. 1  delta^i = r + gamma V^i(o') - V^i(o), V^i(o') = 0 after a terminated step, mu^i and sigma^i as before the rollout
 *   Eq. 2  A^i = delta^i + gamma lambda A^i'                            (A^i' of the next step of the same episode)
 *   Eq. 3  Rn^i = (R^i - mu^i) / sigma^i, with mu^i and sigma^i that have taken in the rollout
 * then in every minibatch of every epoch
 *   Eq. 4  rho^i = exp(log pi^i(a^i | o) - log pi^i_old(a^i | o))
 *   Eq. 5  actor loss  = -1/N sum_rows sum_i [min(rho^i A^i, clip(rho^i, 1 - epsilon, 1 + epsilon) A^i) + beta H(pi^i)]
 *   Eq. 6  critic loss =  1/N sum_rows sum_i max[(v^i - Rn^i)^2, (clip(v^i, w^i - epsilon, w^i + epsilon) - Rn^i)^2]
 *
 * A^i of Eq. 5 is shifted and scaled over the rollout as in `mappo.ts`.
 *
 * pi^i_old is what the rollout stored with each action; `mappo.ts` says what becomes of it after `widen`.
 *
 * Differences from the papers: an actor and its critic share no layer; one optimiser moves all actors and one all critics, so
 * that each clips the joint gradient of its agents; values are normalised as in MAPPO; networks read the observation, not
 * the history of an agent; epochs may end early by the divergence, of all agents together, as in Stable-Baselines3; actions
 * may be masked; rows without a reward take no part. Agents share layers only where `shareParameters` says so (the paper's
 * do): actors with actors, critics with critics.
 */
import * as tf from '@tensorflow/tfjs';
import { createLearner, type MarlLearner } from '../learner/create-learner.ts';
import { assertLearningSpace, type LearningSpace } from '../learner/learning-space.ts';
import { createActors, sharedMass } from '../networks/actors.ts';
import { computePolicyTerms, createRows } from '../networks/policy-terms.ts';
import { applyCritics, computeValues, createIndependentCritics } from '../networks/value-network.ts';
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

/** How `createIppo` learns. */
export interface IppoOptions extends PpoOptions {}

/**
 * The IPPO learner on the current TensorFlow.js backend; it never reads the central state. Its metrics are those of
 * `createMappo`, but for `train/value_loss`, the sum over the agents, and `train/explained_variance`, their mean. Throws
 * `InvalidArgumentError` for a space without agents, with two of the same name or with a size below 1, and for options out
 * of range.
 */
export function createIppo(space: LearningSpace, options: IppoOptions): MarlLearner {
  const resolved = resolvePpoOptions(options);
  const { random, networks, epochs, minibatches, clipRange, valueClipRange, largestKl } = resolved;
  assertLearningSpace(space);
  const actors = createActors(space, networks, random.split('actors'));
  const critics = createIndependentCritics(space, networks, random.split('critics'));
  const normalizers = resolved.normalizeValues ? space.agents.map(() => new ValueNormalizer()) : [];
  const actorGroup = new ParameterGroup('actor', [actors], { ...resolved, learningRate: resolved.actorLearningRate });
  const criticGroup = new ParameterGroup('critic', [critics], {
    ...resolved,
    learningRate: resolved.criticLearningRate,
  });

  return createLearner(space, {
    name: 'ippo',
    capabilities: { data: 'on-policy', critic: 'independent', acts: 'policy' },
    groups: [actorGroup, criticGroup],
    memory: createValueNormalizerMemory(normalizers),
    computeOutputs: (o) => actors.apply(o),
    update(rollout, { space: current, done, usable }) {
      const { agents, observationSize } = current;
      const batch = pickRows(rollout, current, usable);
      const allVs = computeValues(critics, rollout.observations, observationSize);
      const allNextVs = computeValues(critics, rollout.nextObservations, observationSize);
      const estimates = agents.map((_, i) => {
        const normalizer = normalizers[i];
        const values = normalizer?.denormalize(allVs[i]!) ?? allVs[i]!;
        const nextValues = normalizer?.denormalize(allNextVs[i]!) ?? allNextVs[i]!;
        const estimate = computeAdvantages({ ...rollout, values, nextValues }, resolved); // Eq. 1, Eq. 2
        const returns = selectRows(estimate.returns, 1, usable);
        normalizer?.update(returns);
        const advantages = selectRows(estimate.advantages, 1, usable);
        return {
          weights: resolved.normalizeAdvantages ? normalizeAdvantages(advantages) : advantages,
          targets: normalizer?.normalize(returns) ?? returns, // Eq. 3
          oldV: selectRows(allVs[i]!, 1, usable),
          explained: computeExplainedVariance(selectRows(values, 1, usable), returns),
        };
      });
      const entropyCoefficient = computeScheduled(resolved.entropyCoefficient, done);

      const computeLosses = (rows: readonly number[]): readonly (readonly [ParameterGroup, () => Loss])[] => {
        const part = pickRows(batch, current, rows);

        // Eq. 4, Eq. 5
        const computeActorLoss = (): Loss => {
          const logits = actors.apply(createRows(part.observations, observationSize));
          return computeClippedActorLoss(
            computePolicyTerms(logits, part, current),
            {
              oldLogChosen: agents.map((agent) => part.logProbabilities[agent]!),
              advantages: estimates.map(({ weights }) => selectRows(weights, 1, rows)),
            },
            { clipRange, entropyCoefficient },
          );
        };

        // Eq. 6
        const computeCriticLoss = (): Loss => {
          const losses = applyCritics(critics, part.observations, observationSize).map((v, i) => {
            const { oldV, targets } = estimates[i]!;
            const rowsOfLoss = { oldValues: selectRows(oldV, 1, rows), targets: selectRows(targets, 1, rows) };
            return computeClippedValueLoss(v, rowsOfLoss, valueClipRange);
          });
          const valueLoss = tf.addN(losses);
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
        'train/explained_variance': estimates.reduce((sum, { explained }) => sum + explained, 0) / agents.length,
        'train/actor_gradient_norm': all.norms['actor']!,
        'train/critic_gradient_norm': all.norms['critic']!,
        'train/learning_rate': computeScheduled(resolved.actorLearningRate, done),
      };
    },
    widen: (agent, parent) => actors.widen(agent, parent, sharedMass, actorGroup.onReplace),
    exportNetworks: () => actors.exportNetworks(),
  });
}
