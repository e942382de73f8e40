import { type ActionMasks, InvalidArgumentError, type JointActions, type Rollout } from '@rppkit/spec';
import type { LearningSpace } from './learning-space.ts';

/** A rollout with its steps one after the other: row `step * batchSize + row`. */
export interface FlatRollout {
  readonly rowCount: number;
  readonly batchSize: number;
  readonly observations: Float32Array;
  readonly states: Float32Array;
  /** States after the steps. */
  readonly nextStates: Float32Array;
  readonly rewards: Float32Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  /** 1 where the row was active and carries a reward. */
  readonly usable: Uint8Array;
  readonly actions: JointActions;
  /** For every agent, where any step had masks; steps without one allow everything. */
  readonly actionMasks: ActionMasks | undefined;
}

/**
 * Joins the steps of a rollout. Throws `InvalidArgumentError` for wrong shapes, masks of agents that do not exist, and
 * usable rows that cannot be learned from: numbers that are not finite, masks that hold anything but 0 and 1, illegal
 * actions. What unusable rows hold is not looked at.
 */
export function flattenRollout(rollout: Rollout, space: LearningSpace): FlatRollout {
  const { batchSize, steps, finalState } = rollout;
  const { agents, observationSize, stateSize, actionCounts } = space;
  if (steps.length === 0) throw new InvalidArgumentError('rollout.steps', 'to hold at least one step', 0);
  assertLength('rollout.finalState', finalState, batchSize * stateSize);
  const rowCount = steps.length * batchSize;
  const flat = {
    rowCount,
    batchSize,
    observations: new Float32Array(rowCount * observationSize),
    states: new Float32Array(rowCount * stateSize),
    nextStates: new Float32Array(rowCount * stateSize),
    rewards: new Float32Array(rowCount),
    terminated: new Uint8Array(rowCount),
    truncated: new Uint8Array(rowCount),
    usable: new Uint8Array(rowCount),
  };
  const actions = Object.fromEntries(agents.map((agent) => [agent, new Int32Array(rowCount)]));
  const masked = steps.some((step) => step.actionMasks !== undefined);
  const masks = Object.fromEntries(
    agents.map((agent) => [agent, new Uint8Array(rowCount * actionCounts[agent]!).fill(1)]),
  );
  for (const [index, step] of steps.entries()) {
    const at = `rollout.steps[${index}]`;
    const start = index * batchSize;
    copy(
      flat.observations,
      start * observationSize,
      step.observations,
      batchSize * observationSize,
      `${at}.observations`,
    );
    copy(flat.states, start * stateSize, step.state, batchSize * stateSize, `${at}.state`);
    copy(
      flat.nextStates,
      start * stateSize,
      steps[index + 1]?.state ?? finalState,
      batchSize * stateSize,
      `${at}: the next state`,
    );
    copy(flat.rewards, start, step.rewards, batchSize, `${at}.rewards`);
    copy(flat.terminated, start, step.terminated, batchSize, `${at}.terminated`);
    copy(flat.truncated, start, step.truncated, batchSize, `${at}.truncated`);
    assertLength(`${at}.active`, step.active, batchSize);
    assertLength(`${at}.learnable`, step.learnable, batchSize);
    for (let row = 0; row < batchSize; row++) flat.usable[start + row] = step.active[row]! & step.learnable[row]!;
    for (const name of Object.keys(step.actionMasks ?? {})) {
      if (!agents.includes(name)) {
        throw new InvalidArgumentError(`${at}.actionMasks`, `named after the agents ${agents.join(', ')}`, name);
      }
    }
    for (const agent of agents) {
      copy(actions[agent]!, start, step.actions[agent], batchSize, `${at}.actions.${agent}`);
      const mask = step.actionMasks?.[agent];
      if (mask !== undefined) {
        const count = actionCounts[agent]!;
        copy(masks[agent]!, start * count, mask, batchSize * count, `${at}.actionMasks.${agent}`);
      }
    }
  }
  const joined = { ...flat, actions, actionMasks: masked ? masks : undefined };
  assertUsableRows(joined, space);
  return joined;
}

function assertUsableRows(
  flat: FlatRollout,
  { agents, observationSize, stateSize, actionCounts }: LearningSpace,
): void {
  const { observations, states, nextStates, rewards, terminated, usable, actions, actionMasks } = flat;
  for (let row = 0; row < flat.rowCount; row++) {
    if (usable[row] === 0) continue;
    assertFiniteRow('observation', observations, observationSize, row);
    assertFiniteRow('state', states, stateSize, row);
    // After a terminated step nothing is bootstrapped from the next state.
    if (terminated[row] === 0) assertFiniteRow('next state', nextStates, stateSize, row);
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

/** The rows of a `[rows, width]` array that `rows` names, in that order. */
export function selectRows<Values extends Float32Array | Int32Array | Uint8Array>(
  values: Values,
  width: number,
  rows: readonly number[],
): Values {
  const selected = values.slice(0, rows.length * width) as Values;
  for (const [index, row] of rows.entries())
    selected.set(values.subarray(row * width, (row + 1) * width), index * width);
  return selected;
}

type Numbers = Float32Array | Int32Array | Uint8Array;

function copy(target: Numbers, offset: number, source: Numbers | undefined, length: number, argument: string): void {
  assertLength(argument, source, length);
  target.set(source, offset);
}

function assertLength(argument: string, values: Numbers | undefined, length: number): asserts values is Numbers {
  if (values?.length !== length) throw new InvalidArgumentError(argument, `an array of length ${length}`, values);
}
