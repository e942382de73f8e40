import { deepStrictEqual } from 'node:assert/strict';
import { createRandomStream, type Rollout, type UpdateMetrics } from '@rppkit/spec';
import type { LearnerState } from '../../learner/learner-state.ts';
import { expectClose } from '../expect-close.ts';
import { disturbWeights } from './disturb-weights.ts';
import { createLawRollout, sampleLawMasks, sampleRows } from './law-rollout.ts';
import { type LawBackend, type LawSubject, type LearnerLaw, lawNetworks, lawSpace } from './law-subject.ts';

/** Backends compute the same. */
export const backendLaws: readonly LearnerLaw[] = (['plain', 'together'] as const).map((kind) => ({
  name: `has the same outputs, losses and gradient norms on cpu and wasm to 1e-4 (${kind} networks)`,
  // It changes to the other one by itself.
  backends: ['cpu'],
  async run(subject, useBackend) {
    const random = createRandomStream('backends');
    const options = { random: createRandomStream('learner'), ...lawNetworks[kind] };
    const learner = subject.create(lawSpace, options);
    disturbWeights(learner, random);
    const state = learner.save();
    const rollout = createLawRollout(learner, lawSpace, random);
    learner.dispose();
    const [cpu, wasm] = [await measure('cpu'), await measure('wasm')];
    deepStrictEqual(Object.keys(wasm.figures), Object.keys(cpu.figures));
    for (const [name, value] of Object.entries(cpu.figures)) expectClose([wasm.figures[name]!], [value], 1e-4, name);
    for (const [index, values] of cpu.outputs.entries()) expectClose(wasm.outputs[index]!, values, 1e-4);

    async function measure(backend: LawBackend): Promise<Measured> {
      await useBackend(backend);
      return measureOn(subject, state, rollout, options);
    }
  },
}));

interface Measured {
  /** Log-probabilities of the best actions, by agent, before and after the update. */
  readonly outputs: readonly Float32Array[];
  readonly figures: UpdateMetrics;
}

async function measureOn(
  subject: LawSubject,
  state: LearnerState,
  rollout: Rollout,
  options: Parameters<LawSubject['create']>[1],
): Promise<Measured> {
  const learner = subject.create(lawSpace, options);
  learner.load(state);
  const act = (): readonly Float32Array[] => {
    const random = createRandomStream('act');
    const masks = sampleLawMasks(learner, random);
    const { observations } = sampleRows(lawSpace, random);
    return Object.values(learner.act(observations, { deterministic: true, random, masks }).logProbabilities);
  };
  const before = act();
  const figures = await learner.update(rollout);
  const outputs = [...before, ...act()];
  learner.dispose();
  return { outputs, figures };
}
