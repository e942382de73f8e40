import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import type { AlgorithmMemory } from '../learner/algorithm.ts';
import type { LearningSpace } from '../learner/learning-space.ts';
import {
  type AnswerStatistics,
  addAnswers,
  createAnswerStatistics,
  predictValue,
  widenStatistics,
} from './answer-statistics.ts';
import { CriticFeatures, featureGroups, type SavedFeatures } from './critic-features.ts';
import { computePosterior, drawWeights, fitPrior, type Prior } from './posterior.ts';
import { computeStandardization, standardizeGram, standardizeMoment, unstandardizeWeights } from './standardization.ts';
import { type SavedStateModel, StateModel, type StateRow } from './state-model.ts';

export interface BayesianCriticOptions {
  /** Draws the ensemble. */
  readonly random: RandomStream;
  /** First guess of the standard deviation of a return. */
  readonly noise: number;
  /** Distance of members from the mean, in posterior standard deviations. */
  readonly exploration: number;
  readonly members: number;
  /** Whether the prior follows from the answers. */
  readonly prior: 'evidence' | 'fixed';
}

/** A joint action, and what was seen where it was chosen. */
export interface StateChoice extends StateRow {
  /** In the order of the agents. */
  readonly actions: readonly number[];
}

interface SavedCritic {
  readonly stateModel: SavedStateModel;
  readonly features: SavedFeatures;
  readonly statistics: AnswerStatistics;
  readonly prior: Prior;
  readonly priorRows: number;
  readonly weights: Float64Array;
  readonly members: readonly Float64Array[];
}

const firstPriorRows = 300;
const priorGrowth = 1.6;

/**
 * The central critic of `createRppLearner`: what is known of the value of joint actions, from all answers so far. It keeps
 * statistics of the answers, not the answers.
 */
export class BayesianCritic implements AlgorithmMemory {
  readonly features: CriticFeatures;
  readonly #stateModel: StateModel;
  readonly #options: BayesianCriticOptions;
  readonly #guesses: readonly number[];
  #statistics: AnswerStatistics;
  #prior: Prior;
  /** Rows of the last fit of the prior. */
  #priorRows = 0;
  #weights: Float64Array;
  #members: readonly Float64Array[];

  constructor(space: LearningSpace, options: BayesianCriticOptions) {
    this.features = new CriticFeatures(space);
    this.#stateModel = new StateModel(space);
    this.#options = options;
    this.#guesses = Array.from({ length: this.features.groupCount }, (_, group) => guessPenalty(group));
    this.#prior = { penalties: this.#guesses, noise: options.noise ** 2 };
    this.#statistics = createAnswerStatistics(this.features.size);
    this.#weights = new Float64Array(this.features.size);
    this.#members = [];
    this.refit();
  }

  get observationSize(): number {
    return this.#stateModel.observationSize;
  }

  /** Posterior mean, `Float64Array [features]`. */
  get weights(): Float64Array {
    return this.#weights;
  }

  /** Weights of each member of the ensemble. */
  get members(): readonly Float64Array[] {
    return this.#members;
  }

  /** Answers so far. */
  get rows(): number {
    return this.#statistics.rows;
  }

  /** Estimated standard deviation of a return, given state and joint action. */
  get noise(): number {
    return Math.sqrt(this.#prior.noise);
  }

  /** @param returns of each choice */
  add(choices: readonly StateChoice[], returns: readonly number[]): void {
    this.#stateModel.add(choices);
    const answers = choices.map((choice, index) => ({ ...choice, value: returns[index]! }));
    this.#statistics = addAnswers(this.features, this.#statistics, answers);
  }

  /** What a joint action is worth in a state. */
  predict(choice: StateChoice): number {
    return predictValue(this.features, this.#weights, choice);
  }

  /**
   * What an action is worth by these weights, given the observation alone: weights of (1, observation), `Float64Array
   * [1 + observationSize]`.
   */
  projectAction(weights: Float64Array, agent: number, action: number): Float64Array {
    return this.#stateModel.project(this.features.sumWeights(weights, agent, action));
  }

  /** Fits the weights to all answers, the prior when they have become many more, and draws the ensemble anew. */
  refit(): void {
    const { exploration, members, random, prior } = this.#options;
    const groups = this.features.computeGroups();
    const starts = this.features.listStarts();
    const { size, stateSize } = this.features;
    const { rows } = this.#statistics;
    // Penalties hold weights of values of any scale alike.
    const standardization = computeStandardization(this.#statistics.gram, size, stateSize);
    const statistics = {
      ...this.#statistics,
      gram: standardizeGram(this.#statistics.gram, starts, standardization),
      moment: this.#statistics.moment.slice(),
    };
    standardizeMoment(statistics.moment, starts, standardization);
    if (prior === 'evidence' && rows >= Math.max(firstPriorRows, this.#priorRows * priorGrowth)) {
      this.#prior = fitPrior(statistics, groups, this.#prior, {
        guesses: this.#guesses,
        fixed: [featureGroups.constant],
      });
      this.#priorRows = rows;
    }
    const posterior = computePosterior(statistics, groups, this.#prior);
    const stream = random.split(rows);
    this.#weights = posterior.mean.slice();
    this.#members = Array.from({ length: members }, () => drawWeights(posterior, exploration * this.noise, stream));
    for (const weights of [this.#weights, ...this.#members]) unstandardizeWeights(weights, starts, standardization);
    this.#stateModel.refit();
  }

  /** Adds an action that is worth what its parent is, until answers tell them apart. */
  widen(agent: number, parent: number): void {
    this.features.widen(agent, parent);
    const { size } = this.features;
    this.#statistics = widenStatistics(this.#statistics, size);
    this.#weights = extend(this.#weights, size);
    this.#members = this.#members.map((member) => extend(member, size));
  }

  save(): SavedCritic {
    const { rows, gram, moment, squares } = this.#statistics;
    return {
      stateModel: this.#stateModel.save(),
      features: this.features.save(),
      statistics: { rows, gram: gram.slice(), moment: moment.slice(), squares },
      prior: { penalties: [...this.#prior.penalties], noise: this.#prior.noise },
      priorRows: this.#priorRows,
      weights: this.#weights.slice(),
      members: this.#members.map((member) => member.slice()),
    };
  }

  prepareRestore(saved: unknown, { agents, actionCounts }: LearningSpace): () => void {
    if (typeof saved !== 'object' || saved === null) {
      throw new InvalidArgumentError('state.extra', 'an object with what the critic knows', saved);
    }
    const { stateModel, features, statistics, prior, priorRows, weights, members } = saved as SavedCritic;
    const restored = this.features.prepareRestore(
      features,
      agents.map((agent) => actionCounts[agent]!),
    );
    const restoreStateModel = this.#stateModel.prepareRestore(stateModel);
    const { size } = restored;
    assertVector('statistics.gram', statistics?.gram, size * size);
    assertVector('statistics.moment', statistics.moment, size);
    assertVector('weights', weights, size);
    const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
    const isPositive = (value: unknown): boolean => typeof value === 'number' && value > 0 && value < Infinity;
    const isSaved =
      isCount(statistics.rows) &&
      isCount(priorRows) &&
      Number.isFinite(statistics.squares) &&
      isPositive(prior?.noise) &&
      Array.isArray(prior.penalties) &&
      prior.penalties.length === this.#guesses.length &&
      prior.penalties.every(isPositive) &&
      Array.isArray(members) &&
      members.length === this.#options.members;
    if (!isSaved) throw new InvalidArgumentError('state.extra', 'what a critic of the same options saved', saved);
    for (const [index, member] of members.entries()) assertVector(`members[${index}]`, member, size);
    return () => {
      restored.set();
      restoreStateModel();
      this.#statistics = { ...statistics, gram: statistics.gram.slice(), moment: statistics.moment.slice() };
      this.#prior = prior;
      this.#priorRows = priorRows;
      this.#weights = weights.slice();
      this.#members = members.map((member) => member.slice());
    };
  }
}

/** Penalties before there is evidence, in rows. */
function guessPenalty(group: number): number {
  if (group === featureGroups.constant) return 1e-3;
  return group < featureGroups.actionState ? 30 : 300;
}

function extend(values: Float64Array, length: number): Float64Array {
  const extended = new Float64Array(length);
  extended.set(values);
  return extended;
}

function assertVector(name: string, values: unknown, length: number): void {
  if (!(values instanceof Float64Array && values.length === length && values.every(Number.isFinite))) {
    throw new InvalidArgumentError(`state.extra.${name}`, `a Float64Array of ${length} finite numbers`, values);
  }
}
