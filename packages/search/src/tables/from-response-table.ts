import { createRecommendationEnvironment, fromFunction, type RewardOptions } from '@rppkit/env';
import { composePrompt, computeJointActionCount, type JointAction } from '@rppkit/patterns';
import {
  createRandomStream,
  type Encoder,
  type EncoderContext,
  InvalidArgumentError,
  type JointActions,
  type JudgedTask,
  presentTask,
  RppError,
  type StepOptions,
  samplePermutation,
  type VectorEnvironment,
  type VectorStep,
} from '@rppkit/spec';
import { createEntryScores, type EntryScores } from './entry-scores.ts';
import { createLegalActions, type LegalActions } from './legal-actions.ts';
import { matchTasks } from './match-tasks.ts';
import {
  type EntryStatus,
  entryStatuses,
  getEntryRanking,
  isRewarded,
  type ResponseTable,
  rankedCode,
} from './response-table.ts';
import { assertActions, readLogProbabilities } from './step-arguments.ts';
import { computeTaskMasks, type TaskMasks } from './task-masks.ts';
import { createTaskObservations, type TaskObservations } from './task-observations.ts';

export interface TableEnvironmentOptions {
  /** With labels, any of the table's tasks in any order; matched by id and content. */
  readonly tasks: readonly JudgedTask[];
  /** Write the observation, at least one float; names are unique. */
  readonly encoders: readonly Encoder[];
  /** Write what only a central critic sees, after the observation in `state`. Default: none. */
  readonly stateEncoders?: readonly Encoder[];
  readonly reward?: RewardOptions;
  /** Episodes side by side; default 64. */
  readonly batchSize?: number;
}

/** What one row did in its step. */
export interface TableStepInfo {
  readonly judged: JudgedTask;
  readonly round: 0;
  /** The joint action that the entry answers, a legal one. */
  readonly choice: JointAction;
  readonly orderIndex: number;
  readonly sampleIndex: number;
  readonly status: EntryStatus;
  /** Indices of the task's own candidates, best first; empty unless the status is `ranked`. */
  readonly ranking: Int32Array;
  /** Metric of the answer; undefined for a failed call. */
  readonly score?: number;
  /** What the episode is worth: the score, whatever the objective. */
  readonly value?: number;
  /** Of the chosen expressions, natural logarithm, in the order of the agents; where it was passed in. */
  readonly logProbabilities?: readonly number[];
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
  readonly #tasks: readonly JudgedTask[];
  readonly #places: Int32Array;
  readonly #reward: Required<Pick<RewardOptions, 'discount' | 'pricePerThousandTokens' | 'invalidPenalty'>>;
  readonly #legal: readonly LegalActions[];
  readonly #masks: TaskMasks | undefined;
  readonly #scores: EntryScores;
  readonly #observations: TaskObservations;
  readonly #visits: Int32Array;
  /** Tasks of the rows that can act, and order * draws + draw of each; undefined once they have ended. */
  #episode: { readonly tasks: Int32Array; readonly draws: Int32Array } | undefined;
  #busy = false;

  constructor(
    table: ResponseTable,
    { tasks, encoders, stateEncoders = [], reward = {}, batchSize = 64, ...others }: TableEnvironmentOptions,
  ) {
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) throw new InvalidArgumentError('options', 'known options only', unknown);
    const { space, orders } = table.manifest;
    // The environment that this one stands for: it checks the options and declares the spaces.
    const model = fromFunction({ id: table.manifest.model, answer: () => '' });
    const options = { tasks, space, model, encoders, stateEncoders, reward, batchSize, candidateOrders: orders };
    const { agents, observationSize, observationLayout, stateSize, actionCounts } =
      createRecommendationEnvironment(options);
    this.#table = table;
    this.#tasks = tasks;
    this.#places = matchTasks(table, tasks);
    const { discount = 1, pricePerThousandTokens = 0, invalidPenalty = 0, objective = 'final' } = reward;
    // A sum of rounds is not discounted inside the reward.
    this.#reward = { discount: objective === 'sum' ? 1 : discount, pricePerThousandTokens, invalidPenalty };
    const plain = tasks.map(({ task }) => task);
    this.#legal = plain.map(createLegalActions(space, table.actions));
    const isWhole = table.actions.length === computeJointActionCount(space);
    this.#masks = isWhole ? computeTaskMasks(space, plain) : undefined;
    const { metric, k, missing } = reward;
    this.#scores = createEntryScores(table, {
      tasks,
      places: this.#places,
      judging: {
        ...(metric !== undefined && { metric }),
        ...(k !== undefined && { k }),
        ...(missing !== undefined && { missing }),
      },
    });
    this.#observations = createTaskObservations(plain, [...encoders, ...stateEncoders]);
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
      const tasks = sampleTaskNumbers(seed, this.#tasks.length, this.batchSize);
      const rowDraws = tasks.map((task) => {
        const visit = this.#visits[task]!++;
        return (visit % orders) * draws + (Math.floor(visit / orders) % draws);
      });
      this.#episode = { tasks, draws: rowDraws };
      const flags = createFlags(this.batchSize);
      flags.active.fill(1);
      const state = this.#observations.copyRows(tasks);
      return this.#createStep(state, { ...flags, actionMasks: this.#stackMasks(tasks) });
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
      const { tasks, draws: rowDraws } = this.#episode;
      const places = this.#readPlaces(actions, tasks);
      const propensities = logProbabilities === undefined ? undefined : readLogProbabilities(logProbabilities, this);
      signal?.throwIfAborted();

      const { manifest, statuses, inputTokens, outputTokens } = this.#table;
      const { orders, draws } = manifest;
      const { discount, pricePerThousandTokens, invalidPenalty } = this.#reward;
      const count = this.#table.actions.length;
      const flags = createFlags(this.batchSize);
      const rewarded = new Uint8Array(this.batchSize);
      for (let row = 0; row < tasks.length; row++) {
        const task = tasks[row]!;
        const drawn = rowDraws[row]!;
        const index = (this.#places[task]! * count + places[row]!) * orders * draws + drawn;
        const code = statuses[index]!;
        const isGiven = isRewarded(code);
        flags.active[row] = 1;
        rewarded[row] = isGiven ? 1 : 0;
        flags.terminated[row] = rewarded[row]!;
        flags.learnable[row] = rewarded[row]!;
        flags.truncated[row] = 1 - rewarded[row]!;
        const score = this.#scores(task, index);
        if (isGiven) {
          const tokens = inputTokens[index]! + outputTokens[index]!;
          // In the order of operations of `computeReward`, so that not a bit differs.
          flags.rewards[row] =
            discount * score - (pricePerThousandTokens * tokens) / 1000 - (code === rankedCode ? 0 : invalidPenalty);
        }
        const judged = this.#tasks[task]!;
        const choice = this.#legal[task]!.choices[places[row]!]!;
        const orderIndex = Math.floor(drawn / draws);
        const sampleIndex = drawn % draws;
        const status = entryStatuses[code]!;
        const ranking = getEntryRanking(this.#table, index);
        flags.infos[row] = isGiven
          ? { judged, round: 0, choice, orderIndex, sampleIndex, status, ranking, score, value: score }
          : { judged, round: 0, choice, orderIndex, sampleIndex, status, ranking };
      }
      for (const [row, values] of propensities?.entries() ?? []) {
        flags.infos[row] = { ...flags.infos[row]!, logProbabilities: values };
      }
      const state = this.#observations.copyRows(tasks);
      if (this.#observations.readsLastRound()) {
        const contexts = flags.infos.map((info) => this.#describeLastRound(info!));
        await this.#observations.writeLastRounds(state, contexts, signal);
      }
      const actionMasks = this.#stackMasks(tasks, { actions, rewarded });
      this.#episode = undefined;
      return this.#createStep(state, { ...flags, actionMasks });
    });
  }

  async #exclusively<Result>(action: () => Promise<Result>): Promise<Result> {
    if (this.#busy) {
      throw new RppError('STEP_UNDER_WAY', 'Expected no step under way, received a call during one. Await each call.');
    }
    this.#busy = true;
    try {
      return await action();
    } finally {
      this.#busy = false;
    }
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

  #stackMasks(
    tasks: Int32Array,
    step?: { readonly actions: JointActions; readonly rewarded: Uint8Array },
  ): Record<string, Uint8Array> {
    const masks: Record<string, Uint8Array> = {};
    const { first, afterHistory } = this.#masks ?? {};
    const history = this.#table.manifest.space.patterns.find(({ section }) => section === 'history')!.name;
    for (const [position, agent] of this.agents.entries()) {
      const expressions = this.actionCounts[agent]!;
      const stacked = new Uint8Array(this.batchSize * expressions);
      if (first === undefined) stacked.fill(1);
      else {
        for (let row = 0; row < tasks.length; row++) {
          const after = step?.rewarded[row] === 1 ? afterHistory?.[step.actions[history]![row]!] : undefined;
          const source = (after ?? first)[position]!;
          const from = tasks[row]! * expressions;
          for (let place = 0; place < expressions; place++) stacked[row * expressions + place] = source[from + place]!;
        }
      }
      masks[agent] = stacked;
    }
    return masks;
  }

  /** What encoders see of an ended row. */
  #describeLastRound({ judged: { task }, choice, orderIndex, status, ranking }: TableStepInfo): EncoderContext {
    const { space } = this.#table.manifest;
    return {
      task,
      round: 0,
      rounds: 1,
      last: {
        choice,
        // Only what reads it pays for it.
        get prompt(): string {
          return composePrompt(space, choice, presentTask(task, orderIndex).task).text;
        },
        status: readLastStatus(status, ranking.length === task.candidates.length),
        ranking,
      },
    };
  }

  #createStep(
    state: Float32Array,
    parts: Omit<VectorStep<TableStepInfo>, 'observations' | 'state'>,
  ): VectorStep<TableStepInfo> {
    const { observationSize, stateSize, batchSize } = this;
    const observations = new Float32Array(batchSize * observationSize);
    for (let row = 0; row < batchSize; row++) {
      const from = row * stateSize;
      const to = row * observationSize;
      for (let place = 0; place < observationSize; place++) observations[to + place] = state[from + place]!;
    }
    return { observations, state, ...parts };
  }
}

function readLastStatus(status: EntryStatus, isComplete: boolean): 'complete' | 'partial' | 'invalid' | 'failed' {
  if (status === 'ranked') return isComplete ? 'complete' : 'partial';
  return isRewarded(entryStatuses.indexOf(status)) ? 'invalid' : 'failed';
}

interface StepFlags {
  readonly rewards: Float32Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  readonly active: Uint8Array;
  readonly learnable: Uint8Array;
  readonly infos: (TableStepInfo | undefined)[];
}

function createFlags(rows: number): StepFlags {
  return {
    rewards: new Float32Array(rows),
    terminated: new Uint8Array(rows),
    truncated: new Uint8Array(rows),
    active: new Uint8Array(rows),
    learnable: new Uint8Array(rows),
    infos: new Array<TableStepInfo | undefined>(rows).fill(undefined),
  };
}

/** The draw of `createRecommendationEnvironment`: a task repeats only when all others have been taken as often. */
function sampleTaskNumbers(seed: number, tasks: number, rows: number): Int32Array {
  const random = createRandomStream(seed).split('tasks');
  const numbers = new Int32Array(rows);
  for (let start = 0; start < rows; start += tasks) {
    numbers.set(samplePermutation(random, tasks).subarray(0, rows - start), start);
  }
  return numbers;
}
