import type { JointAction, PatternSpace } from '@rppkit/patterns';
import {
  createRandomStream,
  type Encoder,
  InvalidArgumentError,
  type JointActions,
  type JudgedTask,
  RppError,
  type Scorer,
  type StepOptions,
  type TextModel,
  type VectorEnvironment,
  type VectorStep,
} from '@rppkit/spec';
import { askAllInstead, type InsteadAnswer, type InsteadRequest } from './ask-instead.ts';
import { askOrders } from './ask-orders.ts';
import type { AskOptions } from './ask-ranking.ts';
import { computeObservationLayout, computeObservationSize } from './encoders/encoder.ts';
import {
  assertEncoders,
  assertJudgedTasks,
  assertNoOtherOptions,
  assertPatternSpace,
  readActions,
  transposeLogProbabilities,
} from './environment-checks.ts';
import type { RecommendationEnvironment, RecommendationEnvironmentState } from './environment-interface.ts';
import { advanceEpisode, createEpisode, type Episode, type RankingStepInfo, type RoundOutcome } from './episode.ts';
import { assertRewardOptions, type RewardOptions } from './reward.ts';
import { assertGrown, assertSameExpressions, type ComingRound, type Reword } from './reword.ts';
import { runTogether } from './run-together.ts';
import { sampleTasks } from './sample-tasks.ts';
import { createScorerRewards } from './scorer-rewards.ts';
import { createStepLock, type StepLock } from './step-lock.ts';
import { assertNotAborted } from './text-models/assert-not-aborted.ts';
import { assertTextModel } from './text-models/assert-text-model.ts';
import { createVectorStep, type VectorStepOptions } from './vector-step.ts';

export interface RecommendationEnvironmentOptions {
  /** Training tasks with their labels, at least one; only rewards read the labels. Ids are unique. */
  readonly tasks: readonly JudgedTask[];
  readonly space: PatternSpace;
  readonly model: TextModel;
  /** Write the observation, at least one float; names are unique. */
  readonly encoders: readonly Encoder[];
  /** Write what only a central critic sees, after the observation in `state`. Default: none. */
  readonly stateEncoders?: readonly Encoder[];
  /**
   * Rankers, such as recommenders, whose own reward on a task stands at the end of `state`, one float each: a control
   * variate, because what is hard for them is hard for the model, too. It reads the label, so it is never observed.
   * Default: none.
   */
  readonly stateScorers?: readonly Scorer[];
  readonly reward?: RewardOptions;
  /** Prompts an episode; default 1. */
  readonly rounds?: number;
  /** Episodes side by side; best a multiple of the model's concurrency. Default 64. */
  readonly batchSize?: number;
  /** Candidate orders that the visits of a task walk through; default 4. */
  readonly candidateOrders?: number;
  /**
   * Candidate orders that each prompt is asked in, 1 … `candidateOrders`; default 1. With more, a round costs so many
   * calls, and its ranking is the rank aggregate of their answers (permutation self-consistency).
   */
  readonly ordersPerPrompt?: number;
  /** Called before the prompts of a step are asked, to put other words in them; default: the space's own. */
  readonly reword?: Reword;
}

/**
 * The LLM recommendation environment: each row is an episode on one task, each step asks one prompt a row. All rows of
 * a batch step together. The observation is what the encoders write, the central state the observation, what the state
 * encoders write and what the state scorers get. A reset picks its tasks from the seed alone, without repeats while
 * there are enough tasks; how often a task was visited before, in this environment, decides its candidate order and
 * sample index.
 *
 * A failed call truncates its row (`learnable` 0). A step that rejects (abort, rejected key, illegal action, an encoder
 * that cannot be prepared) aborts the calls under way and leaves every row as it was, so it can be taken again; answers
 * that had come are then read from the response store, and asked for again without one. Throws `InvalidArgumentError` for
 * options outside their ranges, and for a task or metric whose rewards would not be finite; `NoRelevantItemError` for a
 * task without a relevant candidate.
 */
export function createRecommendationEnvironment(options: RecommendationEnvironmentOptions): RecommendationEnvironment {
  return new LlmEnvironment(options);
}

class LlmEnvironment implements RecommendationEnvironment {
  readonly batchSize: number;
  readonly agents: readonly string[];
  readonly observationSize: number;
  readonly observationLayout: VectorEnvironment['observationLayout'];
  readonly stateSize: number;
  readonly #options: Omit<
    Required<RecommendationEnvironmentOptions> & VectorStepOptions,
    'stateScorers' | 'reword' | 'space'
  >;
  readonly #reword: Reword | undefined;
  readonly #visits = new Map<string, number>();
  readonly #exclusively: StepLock = createStepLock();
  #space: PatternSpace;
  #episodes: readonly Episode[] = [];

  constructor({
    tasks,
    space,
    model,
    encoders,
    stateEncoders = [],
    stateScorers = [],
    reward = {},
    rounds = 1,
    batchSize = 64,
    candidateOrders = 4,
    ordersPerPrompt = 1,
    reword,
    ...others
  }: RecommendationEnvironmentOptions) {
    assertNoOtherOptions(others, 'options of the environment');
    assertPatternSpace(space);
    assertTextModel(model);
    assertEncoders(encoders, stateEncoders);
    assertRewardOptions(reward);
    assertJudgedTasks(tasks, reward);
    for (const [name, value] of Object.entries({ rounds, batchSize, candidateOrders, ordersPerPrompt })) {
      if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(name, 'a positive integer', value);
    }
    if (ordersPerPrompt > candidateOrders) {
      throw new InvalidArgumentError(
        'ordersPerPrompt',
        `at most ${candidateOrders}, the number of candidateOrders`,
        ordersPerPrompt,
        'Raise candidateOrders, or ask in fewer.',
      );
    }
    const scorerRewards = createScorerRewards(stateScorers, reward);
    this.#options = {
      tasks,
      model,
      encoders,
      stateEncoders,
      scorerRewards,
      reward,
      rounds,
      batchSize,
      candidateOrders,
      ordersPerPrompt,
    };
    this.#space = space;
    this.#reword = reword;
    this.batchSize = batchSize;
    this.agents = space.patterns.map(({ name }) => name);
    this.observationLayout = computeObservationLayout(encoders);
    this.observationSize = computeObservationSize(encoders);
    this.stateSize = this.observationSize + computeObservationSize(stateEncoders) + scorerRewards.size;
  }

  get space(): PatternSpace {
    return this.#space;
  }

  get actionCounts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#space.patterns.map(({ name, expressions }) => [name, expressions.length]));
  }

  async reset(
    { seed, signal }: { readonly seed: number; readonly signal?: AbortSignal } = {} as never,
  ): Promise<VectorStep<RankingStepInfo>> {
    return this.#exclusively(async () => {
      if (typeof seed !== 'number')
        throw new InvalidArgumentError('seed', 'a number', seed, 'Call reset({ seed: 1 }).');
      assertNotAborted(signal);
      const { tasks } = this.#options;
      const space = this.#space;
      const visits = new Map<string, number>();
      const episodes = sampleTasks(createRandomStream(seed).split('tasks'), tasks, this.batchSize).map((judged) => {
        const { id } = judged.task;
        const visit = visits.get(id) ?? this.#visits.get(id) ?? 0;
        visits.set(id, visit + 1);
        return createEpisode(judged, visit, space);
      });
      const step = await createVectorStep(episodes, [], { ...this.#options, space }, signal);
      step.active.fill(1);
      for (const [id, count] of visits) this.#visits.set(id, count);
      this.#episodes = episodes;
      return step;
    });
  }

  async step(
    actions: JointActions,
    { signal, logProbabilities }: StepOptions = {},
  ): Promise<VectorStep<RankingStepInfo>> {
    return this.#exclusively(async () => {
      if (!this.#episodes.some(({ active }) => active)) {
        throw new RppError(
          'EPISODE_ENDED',
          'Expected a row that has not ended, received none. Call reset before step.',
        );
      }
      const { model, batchSize } = this.#options;
      const space = this.#space;
      const choices = this.#episodes.map((episode, row) =>
        episode.active ? readActions(actions, { space, masks: episode.masks, row, batchSize }) : undefined,
      );
      const propensities =
        logProbabilities === undefined ? undefined : transposeLogProbabilities(logProbabilities, this, choices);
      assertNotAborted(signal);
      const spaces = await this.#rewordRounds(choices, signal);
      const ask = async (row: number, stop: AbortSignal): Promise<RoundOutcome | undefined> => {
        const choice = choices[row];
        if (choice === undefined) return undefined;
        const asking = { model, space: spaces[row]!, signal: stop };
        const outcome = await this.#askRound(this.#episodes[row]!, choice, asking);
        if (propensities === undefined) return outcome;
        return { ...outcome, info: { ...outcome.info, logProbabilities: propensities[row]! } };
      };
      const outcomes = await runTogether(batchSize, ask, signal);
      // Only now rows change, after every answer has come: a step happens for all rows or for none.
      const episodes = this.#episodes.map((episode, row) => outcomes[row]?.episode ?? episode);
      const step = await createVectorStep(episodes, outcomes, { ...this.#options, space }, signal);
      this.#episodes = episodes;
      return step;
    });
  }

  async #askRound(episode: Episode, choice: JointAction, asking: AskOptions): Promise<RoundOutcome> {
    const { judged, visit, round, window } = episode;
    const request = { task: judged.task, choice, ...(window === undefined ? {} : { previousWindow: window }) };
    const asked = await askOrders(request, { ...this.#options, visit, round }, asking);
    return advanceEpisode(episode, { choice, asked }, { ...this.#options, space: this.#space });
  }

  /** The space of each row. */
  async #rewordRounds(
    choices: readonly (JointAction | undefined)[],
    signal: AbortSignal | undefined,
  ): Promise<readonly PatternSpace[]> {
    const spaces = Array.from(choices, () => this.#space);
    if (this.#reword === undefined) return spaces;
    const rows = [...choices.keys()].filter((row) => choices[row] !== undefined);
    const rounds = rows.map((row): ComingRound => {
      const { judged, round, last } = this.#episodes[row]!;
      return { task: judged.task, choice: choices[row]!, round, ...(last === undefined ? {} : { last }) };
    });
    const reworded = await this.#reword(rounds, signal === undefined ? {} : { signal });
    if (reworded.length !== rows.length) {
      throw new InvalidArgumentError('reword', `a function that gives ${rows.length} spaces`, reworded);
    }
    // Most rounds share one space.
    for (const space of new Set(reworded)) assertSameExpressions(space, this.#space, 'reword');
    for (const [index, row] of rows.entries()) spaces[row] = reworded[index]!;
    return spaces;
  }

  replaceSpace(space: PatternSpace): void {
    if (this.#episodes.some(({ active }) => active)) {
      throw new RppError(
        'EPISODE_UNDER_WAY',
        'Expected no row that has not ended, received some. Replace the space between two rollouts.',
      );
    }
    assertPatternSpace(space);
    assertGrown(space, this.#space);
    this.#space = space;
  }

  askInstead(
    requests: readonly InsteadRequest[],
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<readonly InsteadAnswer[]> {
    if (this.#reword !== undefined) {
      throw new InvalidArgumentError(
        'reword',
        'absent where prompts are compared',
        this.#reword,
        'Words of a round cannot be had again.',
      );
    }
    return this.#exclusively(async () => {
      assertNotAborted(signal);
      return askAllInstead(requests, { ...this.#options, space: this.#space }, signal);
    });
  }

  save(): RecommendationEnvironmentState {
    return { visits: Object.fromEntries(this.#visits), space: this.#space };
  }

  load({ visits, space }: RecommendationEnvironmentState): void {
    this.replaceSpace(space);
    this.#visits.clear();
    for (const [id, count] of Object.entries(visits)) this.#visits.set(id, count);
  }
}
