import { deepStrictEqual } from 'node:assert/strict';
import { createRandomStream, type Rollout } from '@rppkit/spec';
import type { LearnerState, SavedTensor } from '../../learner/learner-state.ts';
import type { LearningSpace } from '../../learner/learning-space.ts';
import { expectClose } from '../expect-close.ts';
import { disturbWeights } from './disturb-weights.ts';
import { createLawRollout, sampleRows } from './law-rollout.ts';
import { type LawSubject, type LearnerLaw, lawNetworks, lawSpace } from './law-subject.ts';
import { servePolicy } from './serving-laws.ts';

/** New name of each agent, in the new order of the agents. */
const renamed: Readonly<Record<string, string>> = { format: 'style', role: 'voice', history: 'window' };
const permutedSpace: LearningSpace = {
  ...lawSpace,
  agents: Object.values(renamed),
  actionCounts: rename(lawSpace.actionCounts),
};

/** Names and order of agents mean nothing. */
export const agentLaws: readonly LearnerLaw[] = (['plain', 'together'] as const).map((kind) => ({
  name: `learns the same where agents are renamed and reordered together with their weights (${kind} networks)`,
  backends: ['cpu'],
  async run(subject) {
    const options = { random: createRandomStream('learner'), ...lawNetworks[kind] };
    const learner = subject.create(lawSpace, options);
    disturbWeights(learner, createRandomStream('disturbed'));
    const permuted = subject.create(permutedSpace, options);
    permuted.load(permuteState(subject, learner.save(), permuted.save()));
    const random = createRandomStream('agents');
    const { observations } = sampleRows(lawSpace, random);
    const rollout = createLawRollout(learner, lawSpace, random);

    const assertAlike = (): void => {
      const expected = servePolicy(learner).probabilities(observations);
      const found = servePolicy(permuted).probabilities(observations);
      for (const [agent, probabilities] of Object.entries(expected)) {
        const logarithms = found[renamed[agent]!]!.map(Math.log);
        expectClose(logarithms, probabilities.map(Math.log), 1e-5, `log-probabilities of ${agent}`);
      }
      const choose = { deterministic: true, random };
      deepStrictEqual(permuted.act(observations, choose).actions, rename(learner.act(observations, choose).actions));
    };
    assertAlike();
    const figures = await learner.update(rollout);
    const permutedFigures = await permuted.update(renameAgents(rollout));
    deepStrictEqual(Object.keys(permutedFigures), Object.keys(figures));
    expectClose(Object.values(permutedFigures), Object.values(figures), 1e-5, Object.keys(figures).join(', '));
    const expected = permuteState(subject, learner.save(), permuted.save());
    for (const [index, { name, values }] of permuted.save().tensors.entries()) {
      expectClose(values, expected.tensors[index]!.values, 1e-5, name);
    }
    assertAlike();
    learner.dispose();
    permuted.dispose();
  },
}));

/** The state of a learner for `lawSpace` as one of a learner for `permutedSpace`, whose own state is `own`. */
function permuteState(subject: LawSubject, state: LearnerState, own: LearnerState): LearnerState {
  const renameTensor = (name: string): string =>
    name
      .split('/')
      .map((part) => renamed[part] ?? part)
      .join('/');
  const byName = new Map(state.tensors.map((tensor) => [renameTensor(tensor.name!), tensor]));
  return {
    ...own,
    tensors: own.tensors.map(({ name, shape }) => {
      const tensor = byName.get(name!);
      if (tensor === undefined) throw new Error(`No tensor becomes ${name}.`);
      deepStrictEqual(tensor.shape, shape, `shape of ${name}`);
      const readsActions = subject.readsActions?.(tensor.name!) ?? false;
      return { name: name!, shape, values: readsActions ? reorderBlocks(tensor) : tensor.values };
    }),
  };
}

/** Puts the last rows of a kernel, one block an agent of `lawSpace`, into the order of `permutedSpace`. */
function reorderBlocks({ shape, values }: SavedTensor): Float32Array {
  const [rows, width] = shape as [number, number];
  const counts = lawSpace.agents.map((agent) => lawSpace.actionCounts[agent]!);
  const start = rows - counts.reduce((sum, count) => sum + count, 0);
  const blocks = new Map(
    lawSpace.agents.map((agent, i) => {
      const from = start + counts.slice(0, i).reduce((sum, count) => sum + count, 0);
      return [agent, values.subarray(from * width, (from + counts[i]!) * width)];
    }),
  );
  return Float32Array.from([
    ...values.subarray(0, start * width),
    ...Object.keys(renamed).flatMap((agent) => [...blocks.get(agent)!]),
  ]);
}

function renameAgents(rollout: Rollout): Rollout {
  return {
    ...rollout,
    steps: rollout.steps.map((step) => ({
      ...step,
      actions: rename(step.actions),
      logProbabilities: rename(step.logProbabilities),
      actionMasks: rename(step.actionMasks!),
    })),
  };
}

function rename<Value>(byAgent: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(renamed).map(([agent, name]) => [name, byAgent[agent]!]));
}
