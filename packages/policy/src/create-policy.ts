import { type ActionMasks, type ActOptions, InvalidArgumentError, type Policy, type PolicyActions } from '@rppkit/spec';
import { type AgentLogits, assertMaskNames, chooseActions, computeActionProbabilities } from './action-distribution.ts';
import { findPolicyProblem, type PolicyFile, type StoredDenseLayer } from './policy-file.ts';

/** A policy that runs on plain typed arrays. */
export interface FilePolicy extends Policy {
  /**
   * What each agent would choose, `Float32Array [batch, actionCount]` by agent; illegal actions get 0.
   * Throws as `act` does.
   */
  probabilities(observations: Float32Array, masks?: ActionMasks): Readonly<Record<string, Float32Array>>;
}

/**
 * Makes a policy file runnable. `act` throws `InvalidArgumentError` for observations of another size, values that are
 * not finite, and a mask without a legal action.
 */
export function createPolicy(file: PolicyFile): FilePolicy {
  const problem = findPolicyProblem(file);
  if (problem !== undefined) throw new InvalidArgumentError('file', problem.expected, problem.received);
  const { observationSize, agents } = file.header;

  const computeLogits = (observations: Float32Array): AgentLogits[] => {
    if (observations.length === 0 || observations.length % observationSize !== 0) {
      throw new InvalidArgumentError('observations', `a Float32Array [batch, ${observationSize}]`, observations);
    }
    return agents.map(({ name, actions, layers }) => ({
      name,
      actionCount: actions.length,
      logits: layers.reduce((values, layer) => computeDense(layer, file.weights, values), observations),
    }));
  };

  return {
    agents: agents.map(({ name }) => name),
    observationSize,
    actionCounts: Object.fromEntries(agents.map(({ name, actions }) => [name, actions.length])),
    act: (observations: Float32Array, options: ActOptions): PolicyActions =>
      chooseActions(computeLogits(observations), options),
    probabilities(observations, masks) {
      assertMaskNames(agents, masks);
      return Object.fromEntries(
        computeLogits(observations).map((agent) => [
          agent.name,
          computeActionProbabilities(agent, masks?.[agent.name]),
        ]),
      );
    },
  };
}

function computeDense(layer: StoredDenseLayer, weights: Float32Array, input: Float32Array): Float32Array {
  const { inputs, outputs, activation } = layer;
  const kernel = weights.subarray(layer.weights, layer.weights + inputs * outputs);
  const bias = weights.subarray(layer.bias, layer.bias + outputs);
  const batchSize = input.length / inputs;
  const result = new Float32Array(batchSize * outputs);
  const sums = new Float64Array(outputs);
  for (let row = 0; row < batchSize; row++) {
    sums.set(bias);
    for (let from = 0; from < inputs; from++) {
      const value = input[row * inputs + from]!;
      const start = from * outputs;
      for (let to = 0; to < outputs; to++) sums[to] = sums[to]! + value * kernel[start + to]!;
    }
    for (let to = 0; to < outputs; to++) {
      const sum = sums[to]!;
      result[row * outputs + to] =
        activation === 'relu' ? Math.max(0, sum) : activation === 'tanh' ? Math.tanh(sum) : sum;
    }
  }
  return result;
}
