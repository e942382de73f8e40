import { type ActionMasks, InvalidArgumentError, type JointActions, type Rollout } from '@rppkit/spec';
import type { LearningSpace } from '../learner/learning-space.ts';

/** Steps of episodes as rows; all arrays row-major, one row a step. */
export interface RowBatch {
  readonly rowCount: number;
  /** `Float32Array [rows, observationSize]`. */
  readonly observations: Float32Array;
  /** `Float32Array [rows, stateSize]`. */
  readonly states: Float32Array;
  /** After the steps. */
  readonly nextObservations: Float32Array;
  readonly nextStates: Float32Array;
  readonly rewards: Float32Array;
  readonly terminated: Uint8Array;
  readonly actions: JointActions;
  /** What the policy that acted gave each action, `Float32Array [rows]` by agent. */
  readonly logProbabilities: Readonly<Record<string, Float32Array>>;
  /** For every agent, where any step had masks; steps without one allow everything. */
  readonly actionMasks: ActionMasks | undefined;
  /** Masks after the steps; they allow everything after the last one. */
  readonly nextActionMasks: ActionMasks | undefined;
}

/** A rollout with its steps one after the other: row `step * batchSize + row`. */
export interface FlatRollout extends RowBatch {
  readonly batchSize: number;
  readonly truncated: Uint8Array;
  /** 1 where the row was active and carries a reward. */
  readonly usable: Uint8Array;
}

/**
 * Joins the steps of a rollout. Throws `InvalidArgumentError` for wrong shapes, masks of agents that do not exist, and
 * usable rows that cannot be learned from: numbers that are not finite, masks that hold anything but 0 and 1, illegal
 * actions. What unusable rows hold is not looked at.
 */
export function flattenRollout(rollout: Rollout, space: LearningSpace): FlatRollout {
  const { batchSize, steps, finalObservations, finalState } = rollout;
  const { agents, observationSize, stateSize, actionCounts } = space;
  if (steps.length === 0) throw new InvalidArgumentError('rollout.steps', 'to hold at least one step', 0);
  assertLength('rollout.finalObservations', finalObservations, batchSize * observationSize);
  assertLength('rollout.finalState', finalState, batchSize * stateSize);
  const rowCount = steps.length * batchSize;
  const flat = {
    rowCount,
    batchSize,
    observations: new Float32Array(rowCount * observationSize),
    states: new Float32Array(rowCount * stateSize),
    nextObservations: new Float32Array(rowCount * observationSize),
    nextStates: new Float32Array(rowCount * stateSize),
    rewards: new Float32Array(rowCount),
    terminated: new Uint8Array(rowCount),
    truncated: new Uint8Array(rowCount),
    usable: new Uint8Array(rowCount),
  };
  const actions = byAgent(agents, () => new Int32Array(rowCount));
  const logProbabilities = byAgent(agents, () => new Float32Array(rowCount));
  const masked = steps.some((step) => step.actionMasks !== undefined);
  const createMasks = (): Record<string, Uint8Array> =>
    byAgent(agents, (agent) => new Uint8Array(masked ? rowCount * actionCounts[agent]! : 0).fill(1));
  const actionMasks = createMasks();
  const nextActionMasks = createMasks();
  for (const [index, step] of steps.entries()) {
    const at = `rollout.steps[${index}]`;
    const next = steps[index + 1];
    const put = (target: Numbers, source: Numbers | undefined, width: number, name: string): void =>
      copy(target, index * batchSize * width, source, batchSize * width, `${at}${name}`);
    put(flat.observations, step.observations, observationSize, '.observations');
    put(flat.states, step.state, stateSize, '.state');
    put(flat.nextObservations, next?.observations ?? finalObservations, observationSize, ': the next observations');
    put(flat.nextStates, next?.state ?? finalState, stateSize, ': the next state');
    put(flat.rewards, step.rewards, 1, '.rewards');
    put(flat.terminated, step.terminated, 1, '.terminated');
    put(flat.truncated, step.truncated, 1, '.truncated');
    assertLength(`${at}.active`, step.active, batchSize);
    assertLength(`${at}.learnable`, step.learnable, batchSize);
    for (let row = 0; row < batchSize; row++)
      flat.usable[index * batchSize + row] = step.active[row]! & step.learnable[row]!;
    for (const name of Object.keys(step.actionMasks ?? {})) {
      if (!agents.includes(name)) {
        throw new InvalidArgumentError(`${at}.actionMasks`, `named after the agents ${agents.join(', ')}`, name);
      }
    }
    for (const agent of agents) {
      put(actions[agent]!, step.actions[agent], 1, `.actions.${agent}`);
      put(logProbabilities[agent]!, step.logProbabilities[agent], 1, `.logProbabilities.${agent}`);
      const count = actionCounts[agent]!;
      const mask = step.actionMasks?.[agent];
      if (mask !== undefined) put(actionMasks[agent]!, mask, count, `.actionMasks.${agent}`);
      const nextMask = next?.actionMasks?.[agent];
      if (nextMask !== undefined) put(nextActionMasks[agent]!, nextMask, count, `: the next mask of ${agent}`);
    }
  }
  const joined: FlatRollout = {
    ...flat,
    actions,
    logProbabilities,
    actionMasks: masked ? actionMasks : undefined,
    nextActionMasks: masked ? nextActionMasks : undefined,
  };
  assertUsableRows(joined, space);
  return joined;
}

/** Rows that were active and carry a reward, rising. */
export function listUsableRows({ usable }: FlatRollout): readonly number[] {
  return Array.from(usable.keys()).filter((row) => usable[row] === 1);
}

/** The rows of a batch that `rows` names, in that order. */
export function pickRows(
  batch: RowBatch,
  { agents, observationSize, stateSize, actionCounts }: LearningSpace,
  rows: readonly number[],
): RowBatch {
  const pickMasks = (masks: ActionMasks | undefined): ActionMasks | undefined =>
    masks && byAgent(agents, (agent) => selectRows(masks[agent]!, actionCounts[agent]!, rows));
  return {
    rowCount: rows.length,
    observations: selectRows(batch.observations, observationSize, rows),
    states: selectRows(batch.states, stateSize, rows),
    nextObservations: selectRows(batch.nextObservations, observationSize, rows),
    nextStates: selectRows(batch.nextStates, stateSize, rows),
    rewards: selectRows(batch.rewards, 1, rows),
    terminated: selectRows(batch.terminated, 1, rows),
    actions: byAgent(agents, (agent) => selectRows(batch.actions[agent]!, 1, rows)),
    logProbabilities: byAgent(agents, (agent) => selectRows(batch.logProbabilities[agent]!, 1, rows)),
    actionMasks: pickMasks(batch.actionMasks),
    nextActionMasks: pickMasks(batch.nextActionMasks),
  };
}

/** The rows of a `[rows, width]` array that `rows` names, in that order. */
export function selectRows<Values extends Float32Array | Int32Array | Uint8Array>(
  values: Values,
  width: number,
  rows: readonly number[],
): Values {
  const NumbersArray = values.constructor as new (length: number) => Values;
  const selected = new NumbersArray(rows.length * width);
  for (const [index, row] of rows.entries())
    selected.set(values.subarray(row * width, (row + 1) * width), index * width);
  return selected;
}

function byAgent<Value>(agents: readonly string[], create: (agent: string) => Value): Record<string, Value> {
  return Object.fromEntries(agents.map((agent) => [agent, create(agent)]));
}

function assertUsableRows(
  flat: FlatRollout,
  { agents, observationSize, stateSize, actionCounts }: LearningSpace,
): void {
  const { observations, states, nextObservations, nextStates, rewards, terminated, usable, actions, actionMasks } =
    flat;
  for (let row = 0; row < flat.rowCount; row++) {
    if (usable[row] === 0) continue;
    assertFiniteRow('observation', observations, observationSize, row);
    assertFiniteRow('state', states, stateSize, row);
    // After a terminated step nothing is bootstrapped from what follows.
    if (terminated[row] === 0) {
      assertFiniteRow('next observation', nextObservations, observationSize, row);
      assertFiniteRow('next state', nextStates, stateSize, row);
    }
    assertFiniteRow('reward', rewards, 1, row);
    for (const agent of agents) {
      const action = actions[agent]![row]!;
      const count = actionCounts[agent]!;
      const mask = actionMasks?.[agent]?.subarray(row * count, (row + 1) * count);
      const foreign = mask?.find((value) => value > 1);
      if (foreign !== undefined) throw new InvalidArgumentError(`mask of ${agent} in row ${row}`, '0 or 1', foreign);
      if (!(action >= 0 && action < count) || mask?.[action] === 0) {
        throw new InvalidArgumentError(`action of ${agent} in row ${row}`, `a legal action below ${count}`, action);
      }
      assertFiniteRow(`log-probability of ${agent}`, flat.logProbabilities[agent]!, 1, row);
    }
  }
}

function assertFiniteRow(name: string, values: Float32Array, width: number, row: number): void {
  const foreign = values.subarray(row * width, (row + 1) * width).find((value) => !Number.isFinite(value));
  if (foreign !== undefined) {
    throw new InvalidArgumentError(
      `${name} of row ${row}`,
      'finite',
      foreign,
      'Set learnable to 0 where there is nothing to learn from.',
    );
  }
}

type Numbers = Float32Array | Int32Array | Uint8Array;

function copy(target: Numbers, offset: number, source: Numbers | undefined, length: number, argument: string): void {
  assertLength(argument, source, length);
  target.set(source, offset);
}

function assertLength(argument: string, values: Numbers | undefined, length: number): asserts values is Numbers {
  if (values?.length !== length) throw new InvalidArgumentError(argument, `an array of length ${length}`, values);
}
