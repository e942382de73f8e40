import { InvalidArgumentError, type JointActions, type VectorEnvironment } from '@rppkit/spec';

/**
 * The actions of one agent, `Int32Array [rows]`. Throws `InvalidArgumentError` for a column of another length, and an action
 * that is none or that is masked for its row's task.
 */
export function assertActions(
  actions: JointActions,
  {
    agent,
    expressions,
    tasks,
    masks,
  }: {
    readonly agent: string;
    readonly expressions: number;
    readonly tasks: Int32Array;
    /** `Uint8Array [tasks, expressions]`; absent: all are legal. */
    readonly masks: Uint8Array | undefined;
  },
): Int32Array {
  const column = actions?.[agent];
  if (column?.length !== tasks.length) {
    throw new InvalidArgumentError(`actions.${agent}`, `an Int32Array of length ${tasks.length}`, column);
  }
  for (let row = 0; row < tasks.length; row++) {
    const action = column[row]!;
    const isOne = Number.isInteger(action) && action >= 0 && action < expressions;
    if (isOne && (masks === undefined || masks[tasks[row]! * expressions + action] === 1)) continue;
    throw new InvalidArgumentError(
      `actions.${agent}[${row}]`,
      `a legal action in [0, ${expressions})`,
      action,
      'Heed actionMasks of the step before.',
    );
  }
  return column;
}

/**
 * The log-probabilities of each row, in the order of the agents. Throws `InvalidArgumentError` for a wrong shape and for
 * what is no logarithm of a probability.
 */
export function readLogProbabilities(
  logProbabilities: Readonly<Record<string, Float32Array>>,
  { agents, batchSize }: Pick<VectorEnvironment, 'agents' | 'batchSize'>,
): readonly (readonly number[])[] {
  for (const agent of agents) {
    const column = logProbabilities[agent];
    if (column?.length !== batchSize) {
      throw new InvalidArgumentError(`logProbabilities.${agent}`, `a Float32Array of length ${batchSize}`, column);
    }
    // A softmax in single precision may give a little more than 1.
    const row = column.findIndex((value) => !(value > Number.NEGATIVE_INFINITY && value < 1e-3));
    if (row < 0) continue;
    const argument = `logProbabilities.${agent}[${row}]`;
    throw new InvalidArgumentError(argument, 'finite and at most 0', column[row], 'Pass natural logarithms.');
  }
  return Array.from({ length: batchSize }, (_, row) => agents.map((agent) => logProbabilities[agent]![row]!));
}
