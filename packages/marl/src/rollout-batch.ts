import { type ActionMasks, InvalidArgumentError, type JointActions, type Rollout } from '@rppkit/spec';

/** Sizes of everything that a learner sees and chooses. A `VectorEnvironment` is one. */
export interface LearningSpace {
  readonly agents: readonly string[];
  readonly observationSize: number;
  readonly stateSize: number;
  readonly actionCounts: Readonly<Record<string, number>>;
}

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

/** Joins the steps of a rollout. Throws `InvalidArgumentError` for wrong shapes, illegal actions and rewards that are not finite. */
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
    for (const agent of agents) {
      copy(actions[agent]!, start, step.actions[agent], batchSize, `${at}.actions.${agent}`);
      const mask = step.actionMasks?.[agent];
      if (mask !== undefined) {
        const count = actionCounts[agent]!;
        copy(masks[agent]!, start * count, mask, batchSize * count, `${at}.actionMasks.${agent}`);
      }
    }
  }
  for (let row = 0; row < rowCount; row++) {
    if (flat.usable[row] === 0) continue;
    if (!Number.isFinite(flat.rewards[row])) {
      throw new InvalidArgumentError(
        `reward of row ${row}`,
        'finite',
        flat.rewards[row],
        'Set learnable to 0 where there is no reward.',
      );
    }
    for (const agent of agents) {
      const action = actions[agent]![row]!;
      const count = actionCounts[agent]!;
      if (!(action >= 0 && action < count) || masks[agent]![row * count + action] === 0) {
        throw new InvalidArgumentError(`action of ${agent} in row ${row}`, `a legal action below ${count}`, action);
      }
    }
  }
  return { ...flat, actions, actionMasks: masked ? masks : undefined };
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
