import { type ActionMasks, InvalidArgumentError, type Rollout } from '@rppkit/spec';
import type { BanditSpace } from './bandit.ts';

/** Each of them is looked at for every row. */
const mostJointActions = 2 ** 20;

/** Throws `InvalidArgumentError` unless there are agents, all with different names, and every size is in its range. */
export function assertBanditSpace({ agents, observationSize, actionCounts }: BanditSpace): void {
  if (agents.length === 0) throw new InvalidArgumentError('agents', 'at least one agent', agents);
  if (new Set(agents).size !== agents.length) {
    throw new InvalidArgumentError('agents', 'agents with different names', agents.join(', '));
  }
  assertSize('observationSize', observationSize);
  for (const agent of agents) assertSize(`actionCounts.${agent}`, actionCounts[agent]);
  assertJointActions(agents.reduce((product, agent) => product * actionCounts[agent]!, 1));
}

export function assertJointActions(joint: number): void {
  if (joint > mostJointActions) {
    throw new InvalidArgumentError('actionCounts', `at most ${mostJointActions} joint actions`, joint);
  }
}

function assertSize(argument: string, size: number | undefined): void {
  if (size === undefined || !Number.isSafeInteger(size) || size < 1) {
    throw new InvalidArgumentError(argument, 'a positive integer', size);
  }
}

/** Rows of a batch of observations. Throws `InvalidArgumentError` for no or broken rows, and values that are not finite. */
export function countRows(observations: Float32Array, observationSize: number): number {
  const rows = countWholeRows(observations, observationSize);
  assertFinite(observations);
  return rows;
}

/** Throws `InvalidArgumentError` for masks of an agent that does not exist or of another shape. */
export function assertMasks(masks: ActionMasks | undefined, { agents, actionCounts }: BanditSpace, rows: number): void {
  for (const [name, mask] of Object.entries(masks ?? {})) {
    if (!agents.includes(name)) throw new InvalidArgumentError('masks', `of the agents ${agents.join(', ')}`, name);
    const length = rows * actionCounts[name]!;
    if (mask.length !== length)
      throw new InvalidArgumentError(`masks.${name}`, `a Uint8Array of length ${length}`, mask);
  }
}

/** The rows of a one-step rollout to learn from. Throws `InvalidArgumentError` for any that cannot be learned from. */
export function listLearnableRows(
  { batchSize, steps }: Rollout,
  { agents, observationSize, actionCounts }: BanditSpace,
): readonly number[] {
  const [step] = steps;
  if (step === undefined || steps.length > 1) {
    throw new InvalidArgumentError(
      'rollout.steps',
      'one step',
      steps.length,
      'A bandit learns from single rounds: what a later round earns is not the doing of one prompt.',
    );
  }
  const { observations, actions, rewards, learnable } = step;
  if (countWholeRows(observations, observationSize) !== batchSize) {
    throw new InvalidArgumentError('rollout.observations', `${batchSize} rows`, observations);
  }
  const rows: number[] = [];
  for (let row = 0; row < batchSize; row++) {
    if (learnable[row] !== 1) continue;
    if (!Number.isFinite(rewards[row])) {
      throw new InvalidArgumentError('rewards', 'finite in learnable rows', rewards[row]);
    }
    // Rows without a reward may hold anything.
    assertFinite(observations.subarray(row * observationSize, (row + 1) * observationSize));
    for (const agent of agents) {
      const action = actions[agent]?.[row];
      const count = actionCounts[agent]!;
      if (action === undefined || !(action >= 0 && action < count)) {
        throw new InvalidArgumentError(`actions.${agent}`, `in [0, ${count})`, action);
      }
    }
    rows.push(row);
  }
  return rows;
}

function countWholeRows(observations: Float32Array, observationSize: number): number {
  if (observations.length === 0 || observations.length % observationSize !== 0) {
    throw new InvalidArgumentError('observations', `a Float32Array [batch, ${observationSize}]`, observations);
  }
  return observations.length / observationSize;
}

function assertFinite(observations: Float32Array): void {
  const bad = observations.find((value) => !Number.isFinite(value));
  if (bad !== undefined) throw new InvalidArgumentError('observations', 'finite', bad);
}
