import { createRandomStream } from '@rppkit/spec';
import type { MarlLearner } from '../../learner/create-learner.ts';
import { expectClose } from '../expect-close.ts';
import { createLawRollout, sampleRows } from './law-rollout.ts';
import { type LearnerLaw, lawNetworks, lawSpace } from './law-subject.ts';
import { servePolicy } from './serving-laws.ts';

/** What growing leaves as it was. */
export const wideningLaws: readonly LearnerLaw[] = [lawNetworks.plain, lawNetworks.together].map((networks, index) => ({
  name: `keeps what its ${index === 0 ? 'plain' : 'joint'} networks say of old actions to 1e-6 when it widens, twice in a row`,
  backends: ['cpu', 'wasm'],
  async run(subject) {
    const random = createRandomStream('widening');
    const learner = subject.create(lawSpace, { random: createRandomStream('learner'), ...networks });
    for (let update = 0; update < 2; update++) await learner.update(createLawRollout(learner, lawSpace, random));
    // A child of a child, too.
    for (const parent of [1, lawSpace.actionCounts['history']!]) {
      const before = observe(learner);
      learner.widen({ agent: 'history', parent });
      const after = observe(learner);
      for (const agent of lawSpace.agents) {
        if (agent !== 'history') expectClose(after[agent]!, before[agent]!, 1e-6, agent);
      }
      const expected = widenProbabilities(before['history']!, learner, parent);
      expectClose(after['history']!, expected, 1e-6, 'history');
    }
    await learner.update(createLawRollout(learner, lawSpace, random));
    learner.dispose();
  },
}));

/** Softmax of what the exported networks give: the probabilities of a policy, and the values of others up to a constant. */
function observe(learner: MarlLearner): Readonly<Record<string, Float32Array>> {
  return servePolicy(learner).probabilities(sampleRows(lawSpace, createRandomStream('observed')).observations);
}

/** A policy splits the mass of the parent; where logits are values, the child has the parent's, and the sum grows by it. */
function widenProbabilities(
  before: Float32Array,
  { actionCounts, capabilities }: MarlLearner,
  parent: number,
): number[] {
  const count = actionCounts['history']! - 1;
  const rows = Array.from({ length: before.length / count }, (_, row) => [
    ...before.subarray(row * count, (row + 1) * count),
  ]);
  return rows.flatMap((row) => {
    const own = row[parent]!;
    if (capabilities.acts === 'policy') return [...row.with(parent, own / 2), own / 2];
    return [...row, own].map((probability) => probability / (1 + own));
  });
}
