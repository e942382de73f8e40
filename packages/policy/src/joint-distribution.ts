import { type ActionMasks, type ActOptions, type PolicyActions, type RandomStream, sampleIndex } from '@rppkit/spec';
import { type AgentLogits, assertMaskNames, computeActionProbabilities } from './action-distribution.ts';
import { expandJointSums } from './joint-scores.ts';

/**
 * Draws a joint action agent by agent: the first from its marginal, every other given those before it, one uniform number
 * each. `weights`, `Float64Array [joint actions]`, need not sum to 1; the last agent varies fastest. Writes `actions`,
 * `Int32Array [agents]`, and `logProbabilities`, `Float64Array [agents]`, the conditional ones, which add up to the
 * logarithm of the joint action's probability. Without `random` it only reports on the joint action that `actions` holds,
 * whose weight must be above 0. Throws `InvalidArgumentError` where it draws and all weights are 0.
 */
export function sampleActionChain(
  weights: Float64Array,
  counts: readonly number[],
  random: RandomStream | undefined,
  actions: Int32Array,
  logProbabilities: Float64Array,
): void {
  let start = 0;
  let size = weights.length;
  for (let agent = 0; agent < counts.length; agent++) {
    const count = counts[agent]!;
    size /= count;
    const chances = new Float64Array(count);
    let total = 0;
    for (let action = 0; action < count; action++) {
      let sum = 0;
      const from = start + action * size;
      for (let index = from; index < from + size; index++) sum += weights[index]!;
      chances[action] = sum;
      total += sum;
    }
    if (random !== undefined) actions[agent] = sampleIndex(random, chances);
    const chosen = actions[agent]!;
    // A conditional probability of 1 may have come from sums in another order.
    logProbabilities[agent] = Math.min(0, Math.log(chances[chosen]! / total));
    start += chosen * size;
  }
}

/** `chooseActions` for agents that choose together; `pairSums` as `computePairSums` gives them. */
export function chooseJointActions(
  agents: readonly AgentLogits[],
  pairSums: Float64Array,
  { deterministic, random, masks }: ActOptions,
): PolicyActions {
  assertMaskNames(agents, masks);
  const batchSize = agents[0]!.logits.length / agents[0]!.actionCount;
  const counts = agents.map(({ actionCount }) => actionCount);
  const actions = agents.map(() => new Int32Array(batchSize));
  const logProbabilities = agents.map(() => new Float32Array(batchSize));
  const chosen = new Int32Array(agents.length);
  const logs = new Float64Array(agents.length);
  forEachRow(agents, pairSums, masks, (row, weights, best) => {
    if (deterministic) decode(best, counts, chosen);
    sampleActionChain(weights, counts, deterministic ? undefined : random, chosen, logs);
    for (let agent = 0; agent < counts.length; agent++) {
      actions[agent]![row] = chosen[agent]!;
      logProbabilities[agent]![row] = logs[agent]!;
    }
  });
  return {
    actions: Object.fromEntries(agents.map(({ name }, agent) => [name, actions[agent]!])),
    logProbabilities: Object.fromEntries(agents.map(({ name }, agent) => [name, logProbabilities[agent]!])),
  };
}

/** What each of the agents chooses, whatever the others do: `Float32Array [batch, actionCount]` by agent. */
export function computeJointMarginals(
  agents: readonly AgentLogits[],
  pairSums: Float64Array,
  masks: ActionMasks | undefined,
): Readonly<Record<string, Float32Array>> {
  const marginals = agents.map(({ logits }) => new Float32Array(logits.length));
  forEachRow(agents, pairSums, masks, (row, weights) => {
    let total = 0;
    for (let index = 0; index < weights.length; index++) total += weights[index]!;
    let stride = weights.length;
    agents.forEach(({ actionCount }, agent) => {
      stride /= actionCount;
      const sums = new Float64Array(actionCount);
      for (let index = 0; index < weights.length; index++) {
        sums[Math.floor(index / stride) % actionCount]! += weights[index]!;
      }
      for (let action = 0; action < actionCount; action++) {
        marginals[agent]![row * actionCount + action] = sums[action]! / total;
      }
    });
  });
  return Object.fromEntries(agents.map(({ name }, agent) => [name, marginals[agent]!]));
}

/** Visits rows with the weights of all joint actions (illegal ones 0, the largest 1) and the first of the largest. */
function forEachRow(
  agents: readonly AgentLogits[],
  pairSums: Float64Array,
  masks: ActionMasks | undefined,
  visit: (row: number, weights: Float64Array, best: number) => void,
): void {
  // Refuses what is not finite, masks of another shape and rows without a legal action, as for agents on their own.
  for (const agent of agents) computeActionProbabilities(agent, masks?.[agent.name]);
  const weights = new Float64Array(pairSums.length);
  const values = agents.map(({ actionCount }) => new Float64Array(actionCount));
  const batchSize = agents[0]!.logits.length / agents[0]!.actionCount;
  for (let row = 0; row < batchSize; row++) {
    for (let agent = 0; agent < agents.length; agent++) {
      const { name, actionCount, logits } = agents[agent]!;
      const mask = masks?.[name];
      for (let action = 0; action < actionCount; action++) {
        const index = row * actionCount + action;
        values[agent]![action] = mask !== undefined && mask[index] === 0 ? Number.NEGATIVE_INFINITY : logits[index]!;
      }
    }
    expandJointSums(values, weights);
    let best = 0;
    for (let index = 0; index < weights.length; index++) {
      weights[index]! += pairSums[index]!;
      if (weights[index]! > weights[best]!) best = index;
    }
    const largest = weights[best]!;
    for (let index = 0; index < weights.length; index++) weights[index] = Math.exp(weights[index]! - largest);
    visit(row, weights, best);
  }
}

function decode(joint: number, counts: readonly number[], actions: Int32Array): void {
  let rest = joint;
  for (let agent = counts.length - 1; agent >= 0; agent--) {
    actions[agent] = rest % counts[agent]!;
    rest = Math.floor(rest / counts[agent]!);
  }
}
