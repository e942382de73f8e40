/**
 * QMIX: Q-learning of a joint value that a mixing network makes of one utility an agent, rising with each of them.
 *
 * Rashid, Samvelyan, Schroeder de Witt, Farquhar, Foerster, Whiteson: "QMIX: monotonic value function factorisation for
 * deep multi-agent reinforcement learning", ICML 2018. Equation 2 with the second network as in van Hasselt, Guez, Silver:
 * "Deep reinforcement learning with double Q-learning", AAAI 2016.
 *
 * Symbols: o observation, s state, a^i action of agent i, r reward of the row, Q^i utility of agent i, f mixing network (its
 * equations are in networks/mixing-network.ts), ' after the step, - of the target networks, gamma discount, y target, N rows
 * drawn from the replay memory.
 *
 *   Eq. 1  Q_tot(o, s, a) = f(Q^1(o, a^1), …, Q^n(o, a^n); s), with df/dQ^i >= 0
 *   Eq. 2  y = r + gamma Q_tot^-(o', s', a*), a*^i = argmax Q^i(o', .) over legal actions; y = r after a terminated step
 *   Eq. 3  loss = 1/N sum_rows (y - Q_tot(o, s, a))^2, no gradient through y
 *
 * Differences from the paper: agents read the observation of the step, without a GRU over earlier ones (`recurrent` reads a
 * block of it) and without their last action; a row is replayed alone, not in its episode; Adam instead of RMSProp; double
 * Q-learning, as in the authors' code (`doubleQ` false gives the paper's maximum over Q_tot^-); rows without a reward are
 * never replayed; a row that was truncated bootstraps. Agents share layers only where `shareParameters` says so. Options of
 * networks (`hiddenSizes`, `layerNorm`, `recurrent`) concern the utilities, not the mixing network. Where the action space
 * grows, a child is explored with half of the share of its parent.
 *
 * `exportNetworks` gives the utilities. A policy file of them chooses as this learner does where it is deterministic; the
 * probabilities that it computes from them are not those of the exploration here.
 */
import * as tf from '@tensorflow/tfjs';
import { createLearner, type MarlLearner } from '../learner/create-learner.ts';
import { joinMemories } from '../learner/join-memories.ts';
import { assertLearningSpace, type LearningSpace } from '../learner/learning-space.ts';
import { MixingNetwork } from '../networks/mixing-network.ts';
import { createRows } from '../networks/policy-terms.ts';
import { followNetwork } from '../networks/target-network.ts';
import { createUtilities, findGreedyActions, selectUtilities } from '../networks/utilities.ts';
import { type Loss, ParameterGroup, type StepReport, stepTogether } from '../optimization/parameter-group.ts';
import { repeatSteps } from '../optimization/repeat-steps.ts';
import { computeScheduled } from '../optimization/schedule.ts';
import { EpsilonGreedy } from '../rollouts/epsilon-greedy.ts';
import { computeOneStepTargets } from '../rollouts/one-step-targets.ts';
import { ReplayMemory } from '../rollouts/replay-memory.ts';
import { assertPositiveInteger } from './actor-critic-options.ts';
import { resolveValueOptions, type ValueOptions } from './value-options.ts';

/** How `createQmix` learns. */
export interface QmixOptions extends ValueOptions {
  /** Width of the mixing network. Default 32. */
  readonly mixingUnits?: number;
}

/**
 * The QMIX learner on the current TensorFlow.js backend. Throws `InvalidArgumentError` for a space without agents, with two
 * of the same name or with a size below 1, and for options out of range.
 */
export function createQmix(space: LearningSpace, { mixingUnits = 32, ...options }: QmixOptions): MarlLearner {
  const resolved = resolveValueOptions(options);
  const { random, discount, epsilon, batchSize, doubleQ, networks } = resolved;
  assertPositiveInteger('mixingUnits', mixingUnits);
  assertLearningSpace(space);
  const utilities = createUtilities(space, networks, random.split('utilities'));
  const mixer = new MixingNetwork(space, mixingUnits, random.split('mixer'));
  const targetUtilities = createUtilities(space, networks, random.split('utilities'));
  const targetMixer = new MixingNetwork(space, mixingUnits, random.split('mixer'));
  const group = new ParameterGroup('values', [utilities, mixer], resolved);
  const replay = new ReplayMemory(resolved.replayCapacity);
  const exploration = new EpsilonGreedy(space);

  return createLearner(space, {
    name: 'qmix',
    capabilities: { data: 'off-policy', critic: 'central', acts: 'value' },
    groups: [group],
    targets: [targetUtilities, targetMixer],
    memory: joinMemories({ replay, exploration }),
    computeOutputs: (o) => utilities.apply(o),
    explore: (values, { done, ...act }) => exploration.choose(values, act, computeScheduled(epsilon, done)),
    update(rollout, { space: current, done, usable }) {
      const { observationSize, stateSize } = current;
      replay.append(rollout, current, usable);
      const draws = random.split('replay').split(done);

      const takeStep = (): StepReport => {
        const batch = replay.sample(current, batchSize, draws);

        // Eq. 2
        const nextRows = createRows(batch.nextObservations, observationSize);
        const nextValues = targetUtilities.apply(nextRows);
        const choosers = doubleQ ? utilities.apply(nextRows) : nextValues;
        const best = findGreedyActions(choosers, batch.nextActionMasks, current);
        const nextQ = targetMixer
          .apply(selectUtilities(nextValues, best, current), createRows(batch.nextStates, stateSize))
          .dataSync<'float32'>();
        const y = tf.tensor1d(computeOneStepTargets(batch, nextQ, discount));

        // Eq. 1, Eq. 3
        const computeLoss = (): Loss => {
          const values = utilities.apply(createRows(batch.observations, observationSize));
          const states = createRows(batch.states, stateSize);
          const Q = mixer.apply(selectUtilities(values, batch.actions, current), states);
          const loss = y.sub(Q).square().mean();
          return { total: loss, parts: { loss, jointValue: Q.mean() } };
        };
        return stepTogether([[group, computeLoss]], done)[0]!;
      };

      const { parts, norm, learningRate } = repeatSteps(resolved.gradientSteps, takeStep);
      followNetwork(
        group.variables,
        [...targetUtilities.variables, ...targetMixer.variables],
        resolved.targetUpdate,
        done,
      );
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
      // A child is worth what its parent is. The mixing network reads one utility an agent, whatever its actions.
      utilities.widen(agent, parent, 0, group.onReplace);
      targetUtilities.widen(agent, parent, 0, () => undefined);
      replay.widen(agent, parent);
      exploration.widen(agent, parent);
    },
    exportNetworks: () => utilities.exportNetworks(),
  });
}
