/** The number of joint actions: the product of the slots' sizes. */
export function computeJointCount(actionCounts: readonly number[]): number {
  return actionCounts.reduce((product, count) => product * count, 1);
}

/** The number of a joint action, the last slot varying fastest, as `encodeJointAction` of @rppkit/patterns numbers them. */
export function encodeJoint(actionCounts: readonly number[], choice: ArrayLike<number>): number {
  let index = 0;
  for (let slot = 0; slot < actionCounts.length; slot++) index = index * actionCounts[slot]! + choice[slot]!;
  return index;
}
