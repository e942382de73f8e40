import { computeActionMasks, type JointAction, type PatternSpace } from '@rppkit/patterns';
import {
  createRandomStream,
  InvalidArgumentError,
  type JointActions,
  type JudgedTask,
  RppError,
  type TextModel,
  type VectorEnvironment,
  type VectorStep,
} from '@rppkit/spec';
import { type AskOptions, askRanking, type RankingAnswer } from './ask-ranking.ts';
import {
  computeObservationLayout,
  computeObservationSize,
  type Encoder,
  encodeObservation,
} from './encoders/encoder.ts';
import { assertEncoders, assertJudgedTasks } from './environment-checks.ts';
import { assertRewardOptions, computeAnswerNdcg, computeReward, type RewardOptions } from './reward.ts';
import { sampleTasks } from './sample-tasks.ts';
import { assertNotAborted } from './text-models/assert-not-aborted.ts';

export interface RecommendationEnvironmentOptions {
  /** Training tasks with their labels, at least one; only rewards read the labels. Ids are unique. */
  readonly tasks: readonly JudgedTask[];
  readonly space: PatternSpace;
  readonly model: TextModel;
  /** Write the observation, at least one float; names are unique. */
  readonly encoders: readonly Encoder[];
  readonly reward?: RewardOptions;
  /** Prompts an episode; default 1. */
  readonly rounds?: number;
  /** Episodes side by side; best a multiple of the model's concurrency. Default 64. */
  readonly batchSize?: number;
  /** A task's episode number e uses candidate order e mod this; default 4. */
  readonly candidateOrders?: number;
}

/** What one row did in one step. */
export interface RankingStepInfo {
  readonly judged: JudgedTask;
  /** 0 … rounds-1. */
  readonly round: number;
  readonly choice: JointAction;
  readonly orderIndex: number;
  readonly sampleIndex: number;
  readonly answer: RankingAnswer;
  /** NDCG@k of the answer; undefined for a failed call. */
  readonly ndcg?: number;
}

interface Row {
  readonly judged: JudgedTask;
  readonly orderIndex: number;
  /** Sample index of round 0. */
  readonly firstSample: number;
  /** One a pattern; the same in every round. */
  readonly masks: readonly Uint8Array[];
  round: number;
  active: boolean;
  previousNdcg: number;
  last?: { readonly choice: JointAction; readonly answer: RankingAnswer };
}

/**
 * The LLM recommendation environment: each row is an episode on one task, each step asks one prompt a row. All rows of a
 * batch step together. The observation is what the encoders write; the central state equals it. A reset picks its tasks
 * from the seed alone, without repeats while there are enough tasks; how often a task was visited before, in this
 * environment, decides its candidate order and sample index.
 *
 * A failed call truncates its row (`learnable` 0). A step that rejects (abort, rejected key, illegal action) leaves every
 * row as it was, so it can be taken again. Throws `InvalidArgumentError` for options outside their ranges,
 * `NoRelevantItemError` for a task without a relevant candidate.
 */
export function createRecommendationEnvironment(
  options: RecommendationEnvironmentOptions,
): VectorEnvironment<RankingStepInfo> {
  return new RecommendationEnvironment(options);
}

class RecommendationEnvironment implements VectorEnvironment<RankingStepInfo> {
  readonly batchSize: number;
  readonly agents: readonly string[];
  readonly observationSize: number;
  readonly observationLayout: VectorEnvironment['observationLayout'];
  readonly stateSize: number;
  readonly actionCounts: Readonly<Record<string, number>>;
  readonly #tasks: readonly JudgedTask[];
  readonly #space: PatternSpace;
  readonly #model: TextModel;
  readonly #encoders: readonly Encoder[];
  readonly #reward: RewardOptions;
  readonly #rounds: number;
  readonly #candidateOrders: number;
  readonly #visits = new Map<string, number>();
  #rows: readonly Row[] = [];
  #stepping = false;

  constructor({
    tasks,
    space,
    model,
    encoders,
    reward = {},
    rounds = 1,
    batchSize = 64,
    candidateOrders = 4,
  }: RecommendationEnvironmentOptions) {
    assertJudgedTasks(tasks);
    assertEncoders(encoders);
    assertRewardOptions(reward);
    for (const [name, value] of Object.entries({ rounds, batchSize, candidateOrders })) {
      if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(name, 'a positive integer', value);
    }
    this.#tasks = tasks;
    this.#space = space;
    this.#model = model;
    this.#encoders = encoders;
    this.#reward = reward;
    this.#rounds = rounds;
    this.#candidateOrders = candidateOrders;
    this.batchSize = batchSize;
    this.agents = space.patterns.map(({ name }) => name);
    this.observationLayout = computeObservationLayout(encoders);
    this.observationSize = computeObservationSize(encoders);
    this.stateSize = this.observationSize;
    this.actionCounts = Object.fromEntries(space.patterns.map(({ name, expressions }) => [name, expressions.length]));
  }

  async reset({
    seed,
    signal,
  }: {
    readonly seed: number;
    readonly signal?: AbortSignal;
  }): Promise<VectorStep<RankingStepInfo>> {
    this.#assertIdle();
    assertNotAborted(signal);
    this.#rows = sampleTasks(createRandomStream(seed).split('tasks'), this.#tasks, this.batchSize).map((judged) => {
      const visit = this.#visits.get(judged.task.id) ?? 0;
      this.#visits.set(judged.task.id, visit + 1);
      return {
        judged,
        orderIndex: visit % this.#candidateOrders,
        firstSample: Math.floor(visit / this.#candidateOrders) * this.#rounds,
        masks: computeActionMasks(this.#space, judged.task),
        round: 0,
        active: true,
        previousNdcg: 0,
      };
    });
    const empty = () => new Uint8Array(this.batchSize);
    return this.#createStep({
      rewards: new Float32Array(this.batchSize),
      terminated: empty(),
      truncated: empty(),
      active: empty().fill(1),
      learnable: empty(),
      infos: this.#rows.map(() => undefined),
    });
  }

  async step(
    actions: JointActions,
    { signal }: { readonly signal?: AbortSignal } = {},
  ): Promise<VectorStep<RankingStepInfo>> {
    this.#assertIdle();
    if (!this.#rows.some(({ active }) => active)) {
      throw new RppError('EPISODE_ENDED', 'Expected a row that has not ended, received none. Call reset before step.');
    }
    const choices = this.#rows.map((row, index) => (row.active ? this.#readChoice(actions, row, index) : undefined));
    assertNotAborted(signal);
    const asking = { model: this.#model, space: this.#space, ...(signal === undefined ? {} : { signal }) };
    this.#stepping = true;
    try {
      const infos = await Promise.all(
        this.#rows.map(async (row, index) => {
          const choice = choices[index];
          return choice === undefined ? undefined : this.#ask(row, choice, asking);
        }),
      );
      return this.#advance(infos);
    } finally {
      this.#stepping = false;
    }
  }

  #assertIdle(): void {
    if (!this.#stepping) return;
    throw new RppError('STEP_UNDER_WAY', 'Expected no step under way, received a call during one. Await each call.');
  }

  async #ask(
    { judged, orderIndex, firstSample, round }: Row,
    choice: JointAction,
    asking: AskOptions,
  ): Promise<RankingStepInfo> {
    const sampleIndex = firstSample + round;
    const answer = await askRanking({ task: judged.task, choice, orderIndex, sampleIndex }, asking);
    const info = { judged, round, choice, orderIndex, sampleIndex, answer };
    return answer.outcome === 'failed' ? info : { ...info, ndcg: computeAnswerNdcg(judged, answer, this.#reward) };
  }

  /** Only here rows change, after every answer has come: a step happens for all rows or for none. */
  #advance(infos: readonly (RankingStepInfo | undefined)[]): VectorStep<RankingStepInfo> {
    const empty = () => new Uint8Array(this.batchSize);
    const rewards = new Float32Array(this.batchSize);
    const [terminated, truncated, active, learnable] = [empty(), empty(), empty(), empty()];
    infos.forEach((info, index) => {
      if (info === undefined) return;
      const row = this.#rows[index]!;
      const { choice, answer, ndcg } = info;
      active[index] = 1;
      row.last = { choice, answer };
      row.round++;
      if (answer.outcome === 'failed' || ndcg === undefined) truncated[index] = 1;
      else {
        rewards[index] = computeReward(ndcg, row.previousNdcg, answer, this.#reward);
        learnable[index] = 1;
        row.previousNdcg = ndcg;
        if (row.round === this.#rounds) terminated[index] = 1;
      }
      row.active = truncated[index] === 0 && terminated[index] === 0;
    });
    return this.#createStep({ rewards, terminated, truncated, active, learnable, infos });
  }

  #readChoice(actions: JointActions, row: Row, index: number): JointAction {
    return this.#space.patterns.map(({ name, expressions }, position) => {
      const column = actions[name];
      if (column === undefined || column.length !== this.batchSize) {
        throw new InvalidArgumentError(`actions.${name}`, `an Int32Array of length ${this.batchSize}`, column);
      }
      const action = column[index]!;
      if (row.masks[position]![action] !== 1) {
        throw new InvalidArgumentError(
          `actions.${name}[${index}]`,
          `a legal action in [0, ${expressions.length})`,
          action,
          'Heed actionMasks of the step before.',
        );
      }
      return action;
    });
  }

  #createStep(
    outcome: Pick<
      VectorStep<RankingStepInfo>,
      'rewards' | 'terminated' | 'truncated' | 'active' | 'learnable' | 'infos'
    >,
  ): VectorStep<RankingStepInfo> {
    const observations = new Float32Array(this.batchSize * this.observationSize);
    const masks = Object.fromEntries(
      this.#space.patterns.map(({ name, expressions }) => [name, new Uint8Array(this.batchSize * expressions.length)]),
    );
    this.#rows.forEach(({ judged: { task }, masks: rowMasks, round, last }, index) => {
      const output = observations.subarray(index * this.observationSize, (index + 1) * this.observationSize);
      // What an ended row observes shows its last answer, but no round beyond the last: encoders know none.
      const context = { task, round: Math.min(round, this.#rounds - 1), rounds: this.#rounds };
      encodeObservation(this.#encoders, last === undefined ? context : { ...context, last }, output);
      rowMasks.forEach((mask, position) => {
        masks[this.#space.patterns[position]!.name]!.set(mask, index * mask.length);
      });
    });
    return { observations, state: observations.slice(), actionMasks: masks, ...outcome };
  }
}
