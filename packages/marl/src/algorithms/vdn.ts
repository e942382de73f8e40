/**
 * Value-decomposition networks (VDN): Q-learning of a joint value that is the sum of one utility an agent.
 *
 * Sunehag, Lever, Gruslys, Czarnecki, Zambaldi, Jaderberg, Lanctot, Sonnerat, Leibo, Tuyls, Graepel: "Value-decomposition
 * networks for cooperative multi-agent learning based on team reward", AAMAS 2018. Equation 2 with the second network as in
 * van Hasselt, Guez, Silver: "Deep reinforcement learning with double Q-learning", AAAI 2016.
 *
 * Symbols: o observation, a^i action of agent i, r reward of the row, Q^i utility of agent i, ' after the step, - of the
 * target network, gamma discount, y target, N rows drawn from the replay memory.
 *
 *   Eq. 1  Q_tot(o, a) = sum_i Q^i(o, a^i)
 *   Eq. 2  y = r + gamma Q_tot^-(o', a*), a*^i = argmax Q^i(o', .) over legal actions; y = r after a terminated step
 *   Eq. 3  loss = 1/N sum_rows (y - Q_tot(o, a))^2, no gradient through y
 *
 * Differences from the paper: agents read the observation of the step, without an LSTM over earlier ones (`recurrent` reads
 * a block of it); no dueling layers and no communication; a row is replayed alone, not in its episode, and targets look one
 * step ahead, without eligibility traces; double Q-learning (`doubleQ` false takes the maximum over Q^-); actions may be
 * masked; rows without a reward are never replayed; a row that was truncated bootstraps. Agents share layers only where
 * `shareParameters` says so. Where the action space grows, a child is explored with half of the share of its parent.
 *
 * `exportNetworks` gives the utilities. A policy file of them chooses as this learner does where it is deterministic; the
 * probabilities that it computes from them are not those of the exploration here.
 */
import * as tf from '@tensorflow/tfjs';
import { createLearner, type MarlLearner } from '../learner/create-learner.ts';
import { joinMemories } from '../learner/join-memories.ts';
import { assertLearningSpace, type LearningSpace } from '../learner/learning-space.ts';
import { createRows } from '../networks/policy-terms.ts';
import { followNetwork } from '../networks/target-network.ts';
import { createUtilities, findGreedyActions, selectUtilities } from '../networks/utilities.ts';
import { type Loss, ParameterGroup, type StepReport, stepTogether } from '../optimization/parameter-group.ts';
import { repeatSteps } from '../optimization/repeat-steps.ts';
import { computeScheduled } from '../optimization/schedule.ts';
import { EpsilonGreedy } from '../rollouts/epsilon-greedy.ts';
import { computeOneStepTargets } from '../rollouts/one-step-targets.ts';
import { ReplayMemory } from '../rollouts/replay-memory.ts';
import { resolveValueOptions, type ValueOptions } from './value-options.ts';

/** How `createVdn` learns. */
export interface VdnOptions extends ValueOptions {}

/**
 * The VDN learner on the current TensorFlow.js backend. Throws `InvalidArgumentError` for a space without agents, with two
 * of the same name or with a size below 1, and for options out of range.
 */
export function createVdn(space: LearningSpace, options: VdnOptions): MarlLearner {
  const resolved = resolveValueOptions(options);
  const { random, discount, epsilon, batchSize, doubleQ, networks } = resolved;
  assertLearningSpace(space);
  const utilities = createUtilities(space, networks, random.split('utilities'));
  const target = createUtilities(space, networks, random.split('utilities'));
  const group = new ParameterGroup('values', [utilities], resolved);
  const replay = new ReplayMemory(resolved.replayCapacity);
  const exploration = new EpsilonGreedy(space);

  return createLearner(space, {
    name: 'vdn',
    capabilities: { data: 'off-policy', critic: 'independent', acts: 'value' },
    groups: [group],
    targets: [target],
    memory: joinMemories({ replay, exploration }),
    computeOutputs: (o) => utilities.apply(o),
    explore: (values, { done, ...act }) => exploration.choose(values, act, computeScheduled(epsilon, done)),
    update(rollout, { space: current, done, usable }) {
      const { observationSize } = current;
      replay.append(rollout, current, usable);
      const draws = random.split('replay').split(done);

      const takeStep = (): StepReport => {
        const batch = replay.sample(current, batchSize, draws);

        // Eq. 2
        const nextRows = createRows(batch.nextObservations, observationSize);
        const nextValues = target.apply(nextRows);
        const choosers = doubleQ ? utilities.apply(nextRows) : nextValues;
        const best = findGreedyActions(choosers, batch.nextActionMasks, current);
        const nextQ = tf.addN(selectUtilities(nextValues, best, current)).dataSync<'float32'>();
        const y = tf.tensor1d(computeOneStepTargets(batch, nextQ, discount));

        // Eq. 1, Eq. 3
        const computeLoss = (): Loss => {
          const values = utilities.apply(createRows(batch.observations, observationSize));
          const Q = tf.addN(selectUtilities(values, batch.actions, current));
          const loss = y.sub(Q).square().mean();
          return { total: loss, parts: { loss, jointValue: Q.mean() } };
        };
        return stepTogether([[group, computeLoss]], done)[0]!;
      };

      const { parts, norm, learningRate } = repeatSteps(resolved.gradientSteps, takeStep);
      followNetwork(utilities.variables, target.variables, resolved.targetUpdate, done);
      return {
        'train/loss': parts['loss']!,
        'train/joint_value': parts['jointValue']!,
        'train/gradient_norm': norm,
        'train/learning_rate': learningRate,
        'train/replay_rows': replay.rowCount,
        'rollout/exploration_rate': computeScheduled(epsilon, done),
      };
    },
    widen(agent, parent) {
      // A child is worth what its parent is.
      utilities.widen(agent, parent, 0, group.onReplace);
      target.widen(agent, parent, 0, () => undefined);
      replay.widen(agent, parent);
      exploration.widen(agent, parent);
    },
    exportNetworks: () => utilities.exportNetworks(),
  });
}
