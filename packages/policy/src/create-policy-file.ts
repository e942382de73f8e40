import { InvalidArgumentError } from '@rppkit/spec';
import { findPolicyProblem } from './find-policy-problem.ts';
import { computeFormatVersion } from './format-version.ts';
import { assertJsonValue, type JsonObject } from './json-value.ts';
import { storeLayer } from './layers/store-layer.ts';
import type { AgentNetwork, PairScores, PolicyAgent, PolicyFile, StoredPairScores } from './policy-file.ts';
import { createWeightStore } from './weight-store.ts';

/**
 * Packs networks into a policy file. `networks[i]` and `actions` are joined by agent name; the order of `networks` is
 * the order of the file. With `pairs` the agents choose together: the probability of a joint action is proportional to
 * exp(sum of its logits + sum of its pair scores). Throws `InvalidArgumentError` where an agent has no actions, actions
 * have no agent or an id twice, sizes are not positive or do not fit together, an epsilon is not above 0, a pair is of one
 * agent, of unknown ones or there twice, weights are not finite, and metadata hold what JSON cannot.
 */
export function createPolicyFile(options: {
  readonly observationSize: number;
  readonly networks: readonly AgentNetwork[];
  /** Expression ids by agent, as many as the network has outputs. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
  /** Default: none, the agents choose independently. */
  readonly pairs?: readonly PairScores[];
  readonly metadata?: JsonObject;
}): PolicyFile {
  const { observationSize, networks, actions, pairs = [], metadata = {} } = options;
  assertJsonValue('metadata', metadata);
  const weights = createWeightStore();
  const agents = networks.map(({ name, layers }): PolicyAgent => {
    const ids = actions[name];
    if (ids === undefined) throw new InvalidArgumentError(`actions.${name}`, 'the expression ids of this agent', ids);
    return { name, actions: [...ids], layers: layers.map((layer) => storeLayer(layer, name, weights)) };
  });
  for (const name of Object.keys(actions)) {
    if (agents.some((agent) => agent.name === name)) continue;
    throw new InvalidArgumentError('actions', `of the agents ${agents.map((agent) => agent.name).join(', ')}`, name);
  }
  const stored = pairs.map(({ first, second, scores }): StoredPairScores => {
    const [rows, columns] = [first, second].map((name) => agents.find((agent) => agent.name === name)?.actions.length);
    // Agents that do not exist are reported below.
    const length = rows === undefined || columns === undefined ? scores.length : rows * columns;
    return { first, second, scores: weights.store(`pairs: ${first}, ${second}`, scores, length) };
  });
  const file: PolicyFile = {
    header: {
      format: 'rppkit-policy',
      version: computeFormatVersion(agents, stored.length > 0),
      observationSize,
      agents,
      ...(stored.length > 0 && { pairs: stored }),
      metadata,
    },
    weights: weights.concat(),
  };
  const problem = findPolicyProblem(file);
  if (problem !== undefined) throw new InvalidArgumentError('networks', problem.expected, problem.received);
  return file;
}
