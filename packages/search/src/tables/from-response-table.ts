import {
  createRecommendationEnvironment,
  createScorerRewards,
  createStepLock,
  fromFunction,
  type RewardOptions,
  type StepLock,
  sampleTasks,
  transposeLogProbabilities,
} from '@rppkit/env';
import { computeJointActionCount } from '@rppkit/patterns';
import {
  createRandomStream,
  type Encoder,
  InvalidArgumentError,
  type JointActions,
  type JudgedTask,
  RppError,
  type Scorer,
  type StepOptions,
  type VectorEnvironment,
  type VectorStep,
} from '@rppkit/spec';
import { assertActions } from './assert-actions.ts';
import { describeLastRound } from './describe-last-round.ts';
import { matchTasks } from './match-tasks.ts';
import { createEntryReplay, createRowOutcomes } from './replay-entries.ts';
import type { ResponseTable } from './response-table.ts';
import type { TableStepInfo } from './table-step-info.ts';
import { computeTaskMasks, stackTaskMasks, type TaskMasks } from './task-masks.ts';
import { createTaskObservations, type TaskObservations } from './task-observations.ts';

export interface TableEnvironmentOptions {
  /** With labels, any of the table's tasks in any order; matched by id and content. */
  readonly tasks: readonly JudgedTask[];
  /** Write the observation, at least one float; names are unique. */
  readonly encoders: readonly Encoder[];
  /** Write what only a central critic sees, after the observation in `state`. Default: none. */
  readonly stateEncoders?: readonly Encoder[];
  /** Rankers whose own reward on a task stands at the end of `state`, one float each. Default: none. */
  readonly stateScorers?: readonly Scorer[];
  readonly reward?: RewardOptions;
  /** Episodes side by side; default 64. */
  readonly batchSize?: number;
}

/**
 * Replays a response table as an environment, at no cost. Episodes have one round: the prompt of a later one may depend on
 * the answer to the first, which no table foresees. With a table of all joint actions the rewards, observations, masks and
 * flags are bit for bit those of `createRecommendationEnvironment` with the recorded model, the same options, the table's
 * orders as `candidateOrders` and the same seeds and actions, until the visits of a task have used up its draws; then
 * answers repeat. Entries that failed, and those that were never asked, are truncated and not learnable.
 *
 * Where the table holds only some joint actions there is one agent, `prompt`, whose action is a place in the table's
 * actions; where its window is longer than a history, the longest legal window is what was asked and what `choice` says.
 *
 * Throws `InvalidArgumentError` for tasks that are not those of the table, and what `createRecommendationEnvironment` throws
 * for wrong options.
 */
export function fromResponseTable(
  table: ResponseTable,
  options: TableEnvironmentOptions,
): VectorEnvironment<TableStepInfo> {
  return new TableEnvironment(table, options);
}

class TableEnvironment implements VectorEnvironment<TableStepInfo> {
  readonly batchSize: number;
  readonly agents: readonly string[];
  readonly observationSize: number;
  readonly observationLayout: VectorEnvironment['observationLayout'];
  readonly stateSize: number;
  readonly actionCounts: Readonly<Record<string, number>>;
  readonly #table: ResponseTable;
  /** 0 … tasks-1. */
  readonly #numbers: readonly number[];
  /** Absent where only some joint actions were recorded: all of them can be chosen for every task. */
  readonly #masks: TaskMasks | undefined;
  readonly #replay: ReturnType<typeof createEntryReplay>;
  readonly #observations: TaskObservations;
  /** By task. */
  readonly #scorerRewards: readonly Float32Array[];
  readonly #visits: Int32Array;
  readonly #exclusively: StepLock = createStepLock();
  /** Tasks of the rows that can act, and order * draws + draw of each; undefined once they have ended. */
  #episode: { readonly tasks: Int32Array; readonly draws: Int32Array } | undefined;

  constructor(
    table: ResponseTable,
    {
      tasks,
      encoders,
      stateEncoders = [],
      stateScorers = [],
      reward = {},
      batchSize = 64,
      ...others
    }: TableEnvironmentOptions,
  ) {
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) throw new InvalidArgumentError('options', 'known options only', unknown);
    const { space, orders } = table.manifest;
    // The environment that this one stands for: it checks the options and declares the spaces.
    const model = fromFunction({ id: table.manifest.model, answer: () => '' });
    const { agents, observationSize, observationLayout, stateSize, actionCounts } = createRecommendationEnvironment({
      tasks,
      space,
      model,
      encoders,
      stateEncoders,
      stateScorers,
      reward,
      batchSize,
      candidateOrders: orders,
    });
    const plain = tasks.map(({ task }) => task);
    const isWhole = table.actions.length === computeJointActionCount(space);
    this.#table = table;
    this.#numbers = [...tasks.keys()];
    this.#masks = isWhole ? computeTaskMasks(space, plain) : undefined;
    this.#replay = createEntryReplay(table, { tasks, places: matchTasks(table, tasks), reward });
    this.#observations = createTaskObservations(plain, [...encoders, ...stateEncoders]);
    const scorerRewards = createScorerRewards(stateScorers, reward);
    this.#scorerRewards = tasks.map((judged) => {
      const rewards = new Float32Array(scorerRewards.size);
      scorerRewards.write(judged, rewards);
      return rewards;
    });
    this.#visits = new Int32Array(tasks.length);
    this.batchSize = batchSize;
    this.agents = isWhole ? agents : ['prompt'];
    this.observationSize = observationSize;
    this.observationLayout = observationLayout;
    this.stateSize = stateSize;
    this.actionCounts = isWhole ? actionCounts : { prompt: table.actions.length };
  }

  async reset(
    { seed, signal }: { readonly seed: number; readonly signal?: AbortSignal } = {} as never,
  ): Promise<VectorStep<TableStepInfo>> {
    return this.#exclusively(async () => {
      if (typeof seed !== 'number') {
        throw new InvalidArgumentError('seed', 'a number', seed, 'Call reset({ seed: 1 }).');
      }
      signal?.throwIfAborted();
      await this.#observations.prepare(signal);
      const { orders, draws } = this.#table.manifest;
      // The draw of `createRecommendationEnvironment`.
      const random = createRandomStream(seed).split('tasks');
      const tasks = Int32Array.from(sampleTasks(random, this.#numbers, this.batchSize));
      const rowDraws = tasks.map((task) => {
        const visit = this.#visits[task]!++;
        return (visit % orders) * draws + (Math.floor(visit / orders) % draws);
      });
      this.#episode = { tasks, draws: rowDraws };
      const outcomes = createRowOutcomes(this.batchSize);
      outcomes.active.fill(1);
      return {
        ...this.#splitRows(this.#observations.copyRows(tasks), tasks),
        actionMasks: this.#stackMasks(tasks),
        ...outcomes,
      };
    });
  }

  async step(
    actions: JointActions,
    { signal, logProbabilities }: StepOptions = {},
  ): Promise<VectorStep<TableStepInfo>> {
    return this.#exclusively(async () => {
      if (this.#episode === undefined) {
        throw new RppError(
          'EPISODE_ENDED',
          'Expected a row that has not ended, received none. Call reset before step.',
        );
      }
      const { tasks, draws } = this.#episode;
      const outcomes = this.#replay({
        tasks,
        draws,
        actions: this.#readPlaces(actions, tasks),
        logProbabilities:
          logProbabilities === undefined ? undefined : transposeLogProbabilities(logProbabilities, this, [...tasks]),
      });
      signal?.throwIfAborted();
      const { space } = this.#table.manifest;
      const rows = this.#observations.copyRows(tasks);
      if (this.#observations.readsLastRound()) {
        const contexts = outcomes.infos.map((info) => describeLastRound(space, info!));
        await this.#observations.writeLastRounds(rows, contexts, signal);
      }
      const history = space.patterns.findIndex(({ section }) => section === 'history');
      const histories = outcomes.infos.map((info, row) =>
        outcomes.terminated[row] === 1 ? info!.choice[history]! : -1,
      );
      this.#episode = undefined;
      return { ...this.#splitRows(rows, tasks), actionMasks: this.#stackMasks(tasks, histories), ...outcomes };
    });
  }

  /** The place of each row's joint action among those of the table. */
  #readPlaces(actions: JointActions, tasks: Int32Array): Int32Array {
    const places = new Int32Array(this.batchSize);
    for (const [position, agent] of this.agents.entries()) {
      const expressions = this.actionCounts[agent]!;
      const column = assertActions(actions, { agent, expressions, tasks, masks: this.#masks?.first[position] });
      // All actions of a space are recorded in the order of their numbers.
      for (let row = 0; row < places.length; row++) places[row] = places[row]! * expressions + column[row]!;
    }
    return places;
  }

  #stackMasks(tasks: Int32Array, histories?: readonly number[]): Record<string, Uint8Array> {
    if (this.#masks !== undefined) {
      return stackTaskMasks(this.#table.manifest.space, this.#masks, tasks, histories);
    }
    return { prompt: new Uint8Array(this.batchSize * this.#table.actions.length).fill(1) };
  }

  /** `rows` holds what all encoders write. */
  #splitRows(rows: Float32Array, tasks: Int32Array): Pick<VectorStep, 'observations' | 'state'> {
    const { observationSize, stateSize, batchSize } = this;
    const { size } = this.#observations;
    const observations = new Float32Array(batchSize * observationSize);
    const state = new Float32Array(batchSize * stateSize);
    for (let row = 0; row < batchSize; row++) {
      const encoded = rows.subarray(row * size, (row + 1) * size);
      observations.set(encoded.subarray(0, observationSize), row * observationSize);
      state.set(encoded, row * stateSize);
      state.set(this.#scorerRewards[tasks[row]!]!, row * stateSize + size);
    }
    return { observations, state };
  }
}
