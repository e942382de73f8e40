/**
 * The learner of this toolkit for personal prompts: few answers, each paid for. A central critic with a Bayesian prior values
 * joint actions; each agent's actor is its own part of the critic, so that agents act alone.
 *
 * Mao, Wu, Chen, Gao, Wang, He: "Reinforced prompt personalization for recommendation with large language models", ACM TOIS
 * 43(3), 2025, for the agents and their reward. The critic is MacKay's evidence approximation (`bayesian/posterior.ts`),
 * exploration ensemble sampling: Lu, Van Roy, "Ensemble sampling", NIPS 2017.
 *
 * Symbols: o observation, s central state, both standardised over all answers, a^i action of agent i, x = (1, s), R
 * return of a step, gamma discount, u weights of the state, w^i_a weights of action a of agent i, sigma^2 noise variance,
 * lambda penalties, theta_m member m of M.
 *
 *   Eq. 1  Q(s, a) = b + u's + sum_i x'w^i_(a^i)
 *   Eq. 2  R = r + gamma R'; after the last step of a rollout that did not terminate R' = Q(s', a*), a*^i greedy
 *   Eq. 3  posterior of (b, u, w) from all answers: R ~ N(Q(s, a), sigma^2), weights ~ N(0, sigma^2 / lambda), one lambda for
 *          u, one for the constants of actions, one for each value of s; lambda and sigma^2 by the evidence
 *   Eq. 4  E[s | o] = P (1, o), linear least squares on all answers
 *   Eq. 5  theta_m ~ N(mean, c^2 covariance), m = 1 ... M, after every update; each agent takes the action with the best
 *          E[x | o]'w^i_a of a member drawn at random
 *   Eq. 6  actor i: argmax over a of E[x | o]'w^i_a, with the posterior mean
 *
 * The critic reads the whole state, the actors their share of it: what the state says of how hard an episode is leaves the
 * noise, and what it says of which actions suit reaches the actors through Eq. 4, which no noise of rewards blurs. With a
 * state that is the observation, E[s | o] is that, up to the penalty of Eq. 4.
 *
 * Differences from the paper: no policy gradient; every answer is used for ever, also of former policies, because the
 * regression of Eq. 3 needs no importance weights where an episode has one step. With more steps the returns of former
 * policies stay in it, too. A value without relevance keeps a small weight instead of none. Where the value of an action is
 * not linear in the state, Eq. 4 is the value of the expected state, not the expected value. The ensemble knows nothing of how
 * uncertain Eq. 4 is.
 *
 * `exportNetworks` gives the linear actors. A policy file of them chooses as this learner does where it is deterministic;
 * the probabilities that it computes from them are not those of the exploration here.
 */
import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { BayesianCritic, type StateChoice } from '../bayesian/bayesian-critic.ts';
import { exploreByEnsemble } from '../bayesian/posterior-ensemble.ts';
import { createLearner, type MarlLearner } from '../learner/create-learner.ts';
import { assertLearningSpace, type LearningSpace } from '../learner/learning-space.ts';
import { type AgentNetworks, resolveNetworkOptions } from '../networks/agent-networks.ts';
import { createRows } from '../networks/policy-terms.ts';
import { createUtilities, findGreedyActions } from '../networks/utilities.ts';
import { computeExplainedVariance } from '../rollouts/advantages.ts';
import { computeLambdaReturns, listOpenEnds } from '../rollouts/lambda-returns.ts';
import { type FlatRollout, pickRows, type RowBatch, selectRows } from '../rollouts/rollout-batch.ts';
import { assertFraction, assertPositive, assertPositiveInteger } from './actor-critic-options.ts';

/** How `createRppLearner` learns. */
export interface RppOptions {
  /** Draws the ensemble. */
  readonly random: RandomStream;
  /** gamma, in [0, 1]. Default 0.95. */
  readonly discount?: number;
  /** c, distance of the ensemble from the mean in posterior standard deviations, at least 0. Default 0.5. */
  readonly exploration?: number;
  /** M, a positive integer. Default 32. */
  readonly members?: number;
  /** First guess of the standard deviation of a return, above 0; estimated from 300 answers on. Default 0.25. */
  readonly noise?: number;
  /** `evidence` (default): prior variances and the noise follow from the answers. `fixed`: they stay as first guessed. */
  readonly prior?: 'evidence' | 'fixed';
}

/**
 * The RPP learner on the current TensorFlow.js backend. Time of an update grows with the cube of the number of weights,
 * 1 + stateSize + actions of all agents x (1 + stateSize), and with that of 1 + observationSize, memory with its
 * square; at most 2,048 weights. Throws `InvalidArgumentError` for a space without agents, with two of the same name,
 * with a size below 1 or with more weights, and for options out of range; `widen` throws it for the action that would
 * make them more.
 */
export function createRppLearner(space: LearningSpace, options: RppOptions): MarlLearner {
  const { random, discount = 0.95, exploration = 0.5, members = 32, noise = 0.25, prior = 'evidence' } = options;
  assertFraction('discount', discount);
  if (!(exploration >= 0 && exploration < Infinity)) {
    throw new InvalidArgumentError('exploration', 'a number of at least 0', exploration);
  }
  assertPositiveInteger('members', members);
  assertPositive('noise', noise);
  if (prior !== 'evidence' && prior !== 'fixed') {
    throw new InvalidArgumentError('prior', "'evidence' or 'fixed'", prior);
  }
  assertLearningSpace(space);
  const actionCount = space.agents.reduce((sum, agent) => sum + space.actionCounts[agent]!, 0);
  assertWeightCount(1 + space.observationSize);
  assertWeightCount(1 + space.stateSize + actionCount * (1 + space.stateSize));
  const actors = createUtilities(space, resolveNetworkOptions({ hiddenSizes: [] }), random.split('actors'));
  const critic = new BayesianCritic(space, { random: random.split('ensemble'), noise, exploration, members, prior });
  const serve = (): void => setActors(actors, critic);
  serve();

  return createLearner(space, {
    name: 'rpp',
    capabilities: { data: 'off-policy', critic: 'central', acts: 'value' },
    groups: [],
    targets: [actors],
    memory: critic,
    computeOutputs: (o) => actors.apply(o),
    explore: (outputs, act) => exploreByEnsemble(critic, { ...act, agents: outputs }),
    update(rollout, { space: current, usable }) {
      // Eq. 2
      const returns = computeReturns(rollout, { space: current, actors, critic, discount });
      const choices = usable.map((row) => readChoice(rollout, row, current));
      const values = usable.map((row) => returns[row]!);
      const expected = choices.map((choice) => critic.predict(choice));
      const errors = values.map((value, index) => value - expected[index]!);

      // Eq. 3 to 5
      critic.add(choices, values);
      critic.refit();

      serve(); // Eq. 6
      return {
        // Of values expected before these answers were learned from.
        'train/value_loss': errors.reduce((sum, error) => sum + error * error, 0) / errors.length,
        'train/explained_variance': computeExplainedVariance(
          Float32Array.from(expected),
          selectRows(returns, 1, usable),
        ),
        'train/noise_std': critic.noise,
        'train/answers': critic.rows,
      };
    },
    widen(agent, parent) {
      assertWeightCount(critic.features.size + 1 + space.stateSize);
      actors.widen(agent, parent, 0, () => undefined);
      critic.widen(space.agents.indexOf(agent), parent);
    },
    exportNetworks: () => actors.exportNetworks(),
  });
}

/** Eq. 2, `Float32Array [rows]`. */
function computeReturns(
  rollout: FlatRollout,
  {
    space,
    actors,
    critic,
    discount,
  }: {
    readonly space: LearningSpace;
    readonly actors: AgentNetworks;
    readonly critic: BayesianCritic;
    readonly discount: number;
  },
): Float32Array {
  const endValues = new Float32Array(rollout.rowCount);
  const open = listOpenEnds(rollout);
  if (open.length > 0) {
    const next = pickRows(rollout, space, open);
    const outputs = actors.apply(createRows(next.nextObservations, space.observationSize));
    const best = findGreedyActions(outputs, next.nextActionMasks, space);
    const after = { ...next, observations: next.nextObservations, states: next.nextStates, actions: best };
    for (const [index, row] of open.entries()) {
      endValues[row] = critic.predict(readChoice(after, index, space));
    }
  }
  // With lambda 1 the values between are not read.
  const values = new Float32Array(rollout.rowCount);
  return computeLambdaReturns({ ...rollout, values, endValues }, { discount, lambda: 1 });
}

function readChoice(batch: RowBatch, row: number, { agents, observationSize, stateSize }: LearningSpace): StateChoice {
  return {
    state: batch.states.subarray(row * stateSize, (row + 1) * stateSize),
    observation: batch.observations.subarray(row * observationSize, (row + 1) * observationSize),
    actions: agents.map((agent) => batch.actions[agent]![row]!),
  };
}

/** Writes the posterior mean into the actors. */
function setActors(actors: AgentNetworks, critic: BayesianCritic): void {
  tf.tidy(() => {
    for (const [agent, count] of critic.features.counts.entries()) {
      const own = Array.from({ length: count }, (_, action) => critic.projectAction(critic.weights, agent, action));
      const kernel = Array.from({ length: critic.observationSize }, (_, input) => own.map((w) => w[1 + input]!));
      const [kernelVariable, biasVariable] = actors.variables.slice(2 * agent, 2 * agent + 2);
      kernelVariable!.assign(tf.tensor2d(kernel));
      biasVariable!.assign(tf.tensor1d(own.map((w) => w[0]!)));
    }
  });
}

const mostWeights = 2048;

function assertWeightCount(count: number): void {
  if (count <= mostWeights) return;
  throw new InvalidArgumentError(
    'actions and state values',
    `at most ${mostWeights} weights of the critic`,
    count,
    'Use encoders with fewer values, such as a projection of embeddings.',
  );
}
