import { computeFormatVersion, formatVersionContents } from './format-version.ts';
import { findLayerProblem } from './layers/find-layer-problem.ts';
import { computeOutputSize } from './layers/stored-layer.ts';
import type { PolicyFile } from './policy-file.ts';
import type { PolicyProblem } from './policy-problem.ts';

/** The first contradiction inside a policy file whose fields have the right types, or undefined. */
export function findPolicyProblem(file: PolicyFile): PolicyProblem | undefined {
  const { observationSize, agents, pairs, version } = file.header;
  if (!(Number.isSafeInteger(observationSize) && observationSize > 0))
    return { expected: 'a positive observationSize', received: observationSize };
  if (agents.length === 0) return { expected: 'at least one agent', received: agents };
  if (new Set(agents.map(({ name }) => name)).size !== agents.length) {
    return { expected: 'agents with different names', received: agents.map(({ name }) => name).join(', ') };
  }
  for (const { name, actions, layers } of agents) {
    let width = observationSize;
    for (const [index, layer] of layers.entries()) {
      const problem = findLayerProblem(layer, `layer ${index} of ${name}`, width, file.weights.length);
      if (problem !== undefined) return problem;
      width = computeOutputSize(layer);
    }
    if (layers.length === 0) return { expected: `${name} to have at least one layer`, received: 0 };
    if (actions.length !== width) {
      return {
        expected: `${name} to have as many actions as its network has outputs (${width})`,
        received: actions.length,
      };
    }
    const repeated = actions.find((id, index) => actions.indexOf(id) !== index);
    if (repeated !== undefined) return { expected: `${name} to have different actions`, received: repeated };
  }
  const problem = findPairProblem(file);
  if (problem !== undefined) return problem;
  const needed = computeFormatVersion(agents, pairs !== undefined);
  if (version < needed)
    return { expected: `version ${needed} for ${formatVersionContents[needed]}`, received: version };
  const bad = file.weights.find((weight) => !Number.isFinite(weight));
  if (bad !== undefined) return { expected: 'finite weights', received: bad };
  return undefined;
}

/** Joint actions of a file with pairs at most: each of them is looked at for every row. */
const mostJointActions = 2 ** 20;

function findPairProblem({ header: { agents, pairs }, weights }: PolicyFile): PolicyProblem | undefined {
  if (pairs === undefined) return undefined;
  if (pairs.length === 0) return { expected: 'at least one pair, or none at all', received: pairs };
  const seen = new Set<string>();
  for (const { first, second, scores } of pairs) {
    const [left, right] = [first, second].map((name) => agents.findIndex((agent) => agent.name === name)) as [
      number,
      number,
    ];
    if (left < 0 || right <= left)
      return { expected: 'pairs of two agents, in the order of the agents', received: `${first}, ${second}` };
    const key = `${left} ${right}`;
    if (seen.has(key)) return { expected: 'every pair once', received: `${first}, ${second}` };
    seen.add(key);
    const end = scores + agents[left]!.actions.length * agents[right]!.actions.length;
    if (end > weights.length)
      return { expected: `at least ${end} weights for ${first}, ${second}`, received: weights.length };
  }
  const joint = agents.reduce((product, { actions }) => product * actions.length, 1);
  if (joint > mostJointActions)
    return { expected: `at most ${mostJointActions} joint actions with pairs`, received: joint };
  return undefined;
}
