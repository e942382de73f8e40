import { InvalidArgumentError, type JointActions } from '@rppkit/spec';

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
