/** Writes the actions of joint action number `joint`, `Int32Array [agents]`; the last agent varies fastest. */
export function decodeJoint(joint: number, counts: readonly number[], actions: Int32Array): void {
  let rest = joint;
  for (let agent = counts.length - 1; agent >= 0; agent--) {
    actions[agent] = rest % counts[agent]!;
    rest = Math.floor(rest / counts[agent]!);
  }
}
