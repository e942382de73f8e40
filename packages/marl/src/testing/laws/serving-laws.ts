import { deepStrictEqual, ok } from 'node:assert/strict';
import { createPolicy, createPolicyFile, type FilePolicy } from '@rppkit/policy';
import { createRandomStream, type Policy, type PolicyActions } from '@rppkit/spec';
import type { MarlLearner } from '../../learner/create-learner.ts';
import { expectClose } from '../expect-close.ts';
import { createLawRollout, sampleLawMasks, sampleRows } from './law-rollout.ts';
import { type LearnerLaw, lawNetworks, lawSpace } from './law-subject.ts';

/** What is served is what was trained. */
export const servingLaws: readonly LearnerLaw[] = Object.entries(lawNetworks).map(([kind, networks]) => ({
  name: `learns with ${kind} networks and acts as its policy file does, log-probabilities to 1e-6`,
  backends: ['cpu', 'wasm'],
  async run(subject) {
    const random = createRandomStream('serving');
    const learner = subject.create(lawSpace, { random: createRandomStream('learner'), ...networks });
    const before = act(servePolicy(learner), true);
    for (let update = 0; update < 2; update++) await learner.update(createLawRollout(learner, lawSpace, random));
    learner.widen({ agent: 'format', parent: 1 });
    await learner.update(createLawRollout(learner, lawSpace, random));
    const served = servePolicy(learner);
    for (const deterministic of learner.capabilities.acts === 'policy' ? [true, false] : [true]) {
      const trained = act(learner, deterministic);
      const expected = act(served, deterministic);
      deepStrictEqual(trained.actions, expected.actions);
      for (const agent of learner.agents) {
        expectClose(trained.logProbabilities[agent]!, expected.logProbabilities[agent]!, 1e-6, agent);
      }
      ok(trained.logProbabilities['role']!.some((value, row) => value !== before.logProbabilities['role']![row]));
    }
    learner.dispose();
  },
}));

/** The exported policy of a learner, with actions named by number. */
export function servePolicy(learner: MarlLearner): FilePolicy {
  const { agents, observationSize, actionCounts } = learner;
  const actions = Object.fromEntries(
    agents.map((agent) => [agent, Array.from({ length: actionCounts[agent]! }, (_, index) => `${agent}/${index}`)]),
  );
  return createPolicy(createPolicyFile({ observationSize, networks: learner.exportNetworks(), actions }));
}

function act(policy: Policy, deterministic: boolean): PolicyActions {
  const random = createRandomStream('act');
  const masks = sampleLawMasks(policy, random);
  return policy.act(sampleRows(lawSpace, random).observations, { deterministic, random, masks });
}
