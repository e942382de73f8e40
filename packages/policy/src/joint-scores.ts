/** What the actions of two agents are worth together; `first` and `second` are positions in the order of the agents. */
export interface JointPair {
  readonly first: number;
  readonly second: number;
  /** `[actions of first, actions of second]`, row-major. */
  readonly scores: ArrayLike<number>;
}

/**
 * Sums one value an agent for every joint action: `output[joint]`, `Float64Array [joint actions]`, the last agent varying
 * fastest. `values[agent]` holds a number an action; -Infinity, for an illegal one, makes all its joint actions -Infinity.
 */
export function expandJointSums(values: readonly ArrayLike<number>[], output: Float64Array): void {
  let size = 1;
  output[0] = 0;
  for (const own of values) {
    const count = own.length;
    // From the end, so that no sum is overwritten before it was used.
    for (let prefix = size - 1; prefix >= 0; prefix--) {
      const sum = output[prefix]!;
      for (let action = count - 1; action >= 0; action--) output[prefix * count + action] = sum + own[action]!;
    }
    size *= count;
  }
}

/** The sum of a joint action's pair scores, `Float64Array [joint actions]`; `counts` holds the actions of every agent. */
export function computePairSums(counts: readonly number[], pairs: readonly JointPair[]): Float64Array {
  const joint = counts.reduce((product, count) => product * count, 1);
  const sums = new Float64Array(joint);
  for (const { first, second, scores } of pairs) {
    const firstCount = counts[first]!;
    const secondCount = counts[second]!;
    const firstStride = computeStride(counts, first);
    const secondStride = computeStride(counts, second);
    for (let index = 0; index < joint; index++) {
      const left = Math.floor(index / firstStride) % firstCount;
      const right = Math.floor(index / secondStride) % secondCount;
      sums[index]! += scores[left * secondCount + right]!;
    }
  }
  return sums;
}

/** Joint actions from one action of an agent to the next. */
function computeStride(counts: readonly number[], agent: number): number {
  return counts.slice(agent + 1).reduce((product, count) => product * count, 1);
}
