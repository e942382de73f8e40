import { type ActionMasks, InvalidArgumentError } from '@rppkit/spec';

/** How the joint actions of one row are explored evenly. */
export interface JointShares {
  /** `Float64Array [joint actions]`: the product of the actions' shares, 0 where masks or offer forbid it; used again. */
  readonly shares: Float64Array;
  /** Their sum, above 0. */
  readonly sum: number;
  /** Turns to a row. Throws `InvalidArgumentError` for a mask value above 1 and a row that allows no joint action. */
  read(row: number): void;
}

export interface JointSharesOptions {
  readonly agents: readonly string[];
  /** What each action has of the even exploration, by agent. */
  readonly actionShares: readonly (readonly number[])[];
  readonly masks: ActionMasks | undefined;
  /** Numbers of the joint actions that are offered; undefined: all. */
  readonly jointActions: Int32Array | undefined;
}

/** Shares of the rows of one batch, worked out again where masks change. Throws `InvalidArgumentError` for a number out of range. */
export function createJointShares({ agents, actionShares, masks, jointActions }: JointSharesOptions): JointShares {
  const joint = actionShares.reduce((product, { length }) => product * length, 1);
  const offered = jointActions === undefined ? undefined : markOffered(jointActions, joint);
  const legal = actionShares.map(({ length }) => new Uint8Array(length).fill(1));
  const shares = new Float64Array(joint);
  let sum = 0;
  return {
    shares,
    get sum() {
      return sum;
    },
    read(row) {
      if (!readMasks(legal, agents, masks, row) && sum > 0) return;
      sum = writeShares(actionShares, legal, offered, shares);
      if (!(sum > 0)) throw new InvalidArgumentError('masks', 'to allow a joint action', `none in row ${row}`);
    },
  };
}

function markOffered(jointActions: Int32Array, joint: number): Uint8Array {
  const offered = new Uint8Array(joint);
  for (const number of jointActions) {
    if (!(number >= 0 && number < joint)) {
      throw new InvalidArgumentError('jointActions', `numbers in [0, ${joint})`, number);
    }
    offered[number] = 1;
  }
  return offered;
}

/** Writes the row's masks; returns whether they differ from the ones before. */
function readMasks(
  legal: readonly Uint8Array[],
  agents: readonly string[],
  masks: ActionMasks | undefined,
  row: number,
): boolean {
  let changed = false;
  for (let agent = 0; agent < legal.length; agent++) {
    const own = legal[agent]!;
    const mask = masks?.[agents[agent]!];
    if (mask === undefined) continue;
    for (let action = 0; action < own.length; action++) {
      const value = mask[row * own.length + action]!;
      if (value > 1) throw new InvalidArgumentError(`masks.${agents[agent]}`, 'made of 0 and 1', value);
      if (own[action] !== value) changed = true;
      own[action] = value;
    }
  }
  return changed;
}

/** Writes the shares of all joint actions and returns their sum. */
function writeShares(
  actionShares: readonly (readonly number[])[],
  legal: readonly Uint8Array[],
  offered: Uint8Array | undefined,
  output: Float64Array,
): number {
  let size = 1;
  output[0] = 1;
  for (let agent = 0; agent < actionShares.length; agent++) {
    const own = actionShares[agent]!;
    // From the end, so that no product is overwritten before it was used.
    for (let prefix = size - 1; prefix >= 0; prefix--) {
      const share = output[prefix]!;
      for (let action = own.length - 1; action >= 0; action--) {
        output[prefix * own.length + action] = share * own[action]! * legal[agent]![action]!;
      }
    }
    size *= own.length;
  }
  let sum = 0;
  for (let joint = 0; joint < size; joint++) {
    if (offered !== undefined) output[joint]! *= offered[joint]!;
    sum += output[joint]!;
  }
  return sum;
}
