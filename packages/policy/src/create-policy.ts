import { type ActionMasks, type ActOptions, InvalidArgumentError, type Policy, type PolicyActions } from '@rppkit/spec';
import { type AgentLogits, assertMaskNames, chooseActions, computeActionProbabilities } from './action-distribution.ts';
import { findPolicyProblem } from './find-policy-problem.ts';
import { chooseJointActions, computeJointMarginals } from './joint-distribution.ts';
import { computePairSums, expandJointSums } from './joint-scores.ts';
import { planLayers, runLayers } from './layers/layer-plan.ts';
import type { PolicyFile } from './policy-file.ts';

/** A policy that runs on plain typed arrays. */
export interface FilePolicy extends Policy {
  /**
   * What each agent would choose, `Float32Array [batch, actionCount]` by agent; illegal actions get 0. Of agents that
   * choose together, the marginals. Throws as `act` does.
   */
  probabilities(observations: Float32Array, masks?: ActionMasks): Readonly<Record<string, Float32Array>>;
  /**
   * The sum of logits and pair scores of every joint action, `Float64Array [batch, joint actions]`; the last agent varies
   * fastest. Throws as `act` does.
   */
  scoreJointActions(observations: Float32Array): Float64Array;
}

/**
 * Makes a policy file runnable. Where it has pairs the agents choose together: the legal joint action with the highest sum
 * of logits and pair scores (the first among equals), or a draw agent by agent, each given the ones before it, so that the
 * log-probabilities add up to that of the joint action. `act` throws `InvalidArgumentError` for observations of another
 * size, values that are not finite, and a mask without a legal action.
 */
export function createPolicy(file: PolicyFile): FilePolicy {
  const problem = findPolicyProblem(file);
  if (problem !== undefined) throw new InvalidArgumentError('file', problem.expected, problem.received);
  const { observationSize, agents, pairs = [] } = file.header;

  const plan = planLayers(agents.map(({ layers }) => layers));
  const computeLogits = (observations: Float32Array): AgentLogits[] => {
    if (observations.length === 0 || observations.length % observationSize !== 0) {
      throw new InvalidArgumentError('observations', `a Float32Array [batch, ${observationSize}]`, observations);
    }
    // Some activations would take an infinity to an ordinary number.
    const foreign = observations.find((value) => !Number.isFinite(value));
    if (foreign !== undefined) throw new InvalidArgumentError('observations', 'finite', foreign);
    const logits = runLayers(plan, file.weights, observations);
    return agents.map(({ name, actions }, agent) => ({ name, actionCount: actions.length, logits: logits[agent]! }));
  };

  const counts = agents.map(({ actions }) => actions.length);
  const jointPairs = pairs.map(({ first, second, scores }) => {
    const [left, right] = [first, second].map((name) => agents.findIndex((agent) => agent.name === name)) as [
      number,
      number,
    ];
    return {
      first: left,
      second: right,
      scores: file.weights.subarray(scores, scores + counts[left]! * counts[right]!),
    };
  });
  const pairSums = jointPairs.length > 0 ? computePairSums(counts, jointPairs) : undefined;
  return {
    agents: agents.map(({ name }) => name),
    observationSize,
    actionCounts: Object.fromEntries(agents.map(({ name, actions }) => [name, actions.length])),
    act(observations: Float32Array, options: ActOptions): PolicyActions {
      const logits = computeLogits(observations);
      return pairSums === undefined ? chooseActions(logits, options) : chooseJointActions(logits, pairSums, options);
    },
    probabilities(observations, masks) {
      assertMaskNames(agents, masks);
      if (pairSums !== undefined) return computeJointMarginals(computeLogits(observations), pairSums, masks);
      return Object.fromEntries(
        computeLogits(observations).map((agent) => [
          agent.name,
          computeActionProbabilities(agent, masks?.[agent.name]),
        ]),
      );
    },
    scoreJointActions(observations) {
      const logits = computeLogits(observations);
      const batchSize = observations.length / observationSize;
      const joint = counts.reduce((product, count) => product * count, 1);
      const scores = new Float64Array(batchSize * joint);
      for (let row = 0; row < batchSize; row++) {
        const own = scores.subarray(row * joint, (row + 1) * joint);
        expandJointSums(
          logits.map(({ actionCount, logits: values }) => values.subarray(row * actionCount, (row + 1) * actionCount)),
          own,
        );
        if (pairSums !== undefined) for (let index = 0; index < joint; index++) own[index]! += pairSums[index]!;
      }
      return scores;
    },
  };
}
