import { type AgentLogits, chooseActions } from '@rppkit/policy';
import { type ActOptions, createRandomStream, type PolicyActions, sampleIndex } from '@rppkit/spec';
import type { BayesianCritic } from './bayesian-critic.ts';

/**
 * Draws actions as members of an ensemble would choose them: each agent asks one member at random for its best legal
 * action. Log-probabilities are exact: the share of the members who agree. Throws
 * `InvalidArgumentError` as `chooseActions` does.
 */
export function exploreByEnsemble(
  critic: BayesianCritic,
  {
    agents,
    observations,
    random,
    masks,
  }: ActOptions & {
    readonly agents: readonly Pick<AgentLogits, 'name' | 'actionCount'>[];
    readonly observations: Float32Array;
  },
): PolicyActions {
  const { members } = critic;
  const choices = members.map((weights) => {
    const values = agents.map(({ name, actionCount }, agent) => ({
      name,
      actionCount,
      logits: computeActionValues(critic, weights, { agent, actionCount, observations }),
    }));
    // A deterministic choice draws nothing.
    return chooseActions(values, { deterministic: true, random: createRandomStream(0), ...(masks && { masks }) })
      .actions;
  });
  const rowCount = observations.length / critic.observationSize;
  const actions = Object.fromEntries(agents.map(({ name }) => [name, new Int32Array(rowCount)]));
  const logProbabilities = Object.fromEntries(agents.map(({ name }) => [name, new Float32Array(rowCount)]));
  for (let row = 0; row < rowCount; row++) {
    for (const { name, actionCount } of agents) {
      const votes = new Array<number>(actionCount).fill(0);
      for (const choice of choices) votes[choice[name]![row]!]! += 1;
      const action = sampleIndex(random, votes);
      actions[name]![row] = action;
      logProbabilities[name]![row] = Math.log(votes[action]! / members.length);
    }
  }
  return { actions, logProbabilities };
}

/** What weights say of each action of an agent, `Float32Array [batch, actions]`. */
function computeActionValues(
  critic: BayesianCritic,
  weights: Float64Array,
  options: { readonly agent: number; readonly actionCount: number; readonly observations: Float32Array },
): Float32Array {
  const { agent, actionCount, observations } = options;
  const { observationSize } = critic;
  const own = Array.from({ length: actionCount }, (_, action) => critic.projectAction(weights, agent, action));
  const rowCount = observations.length / observationSize;
  const values = new Float32Array(rowCount * actionCount);
  for (let row = 0; row < rowCount; row++) {
    for (let action = 0; action < actionCount; action++) {
      const weight = own[action]!;
      let value = weight[0]!;
      for (let index = 0; index < observationSize; index++) {
        value += weight[1 + index]! * observations[row * observationSize + index]!;
      }
      values[row * actionCount + action] = value;
    }
  }
  return values;
}
