import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { createRandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import type { MarlLearner } from '../../learner/create-learner.ts';
import { isMoment } from './disturb-weights.ts';
import { createLawRollout, sampleRows } from './law-rollout.ts';
import { type LawSubject, type LearnerLaw, lawNetworks, lawSpace } from './law-subject.ts';

/** What is saved is everything, and everything that is saved is trained. */
export const savingLaws: readonly LearnerLaw[] = [
  {
    name: 'continues from a saved state bit for bit, also after widening, whatever the loading learner had learned',
    backends: ['cpu', 'wasm'],
    async run(subject) {
      const random = createRandomStream('continue');
      const whole = create(subject);
      for (let update = 0; update < 2; update++) await whole.update(createLawRollout(whole, lawSpace, random));
      whole.widen({ agent: 'history', parent: 2 });
      await whole.update(createLawRollout(whole, lawSpace, random));
      const saved = whole.save();
      const clone = structuredClone(saved);

      const resumed = create(subject);
      await resumed.update(createLawRollout(resumed, lawSpace, createRandomStream('other')));
      resumed.widen({ agent: 'history', parent: 0 });
      resumed.load(clone);
      // A learner keeps none of the arrays that it was given.
      for (const { values } of clone.tensors) values.fill(9);
      deepStrictEqual(resumed.save(), saved, 'what was loaded is what is saved');

      const before = structuredClone(saved);
      for (let update = 0; update < 2; update++) {
        const rollout = createLawRollout(whole, lawSpace, random);
        deepStrictEqual(await resumed.update(rollout), await whole.update(rollout), 'figures of an update');
        deepStrictEqual(resumed.save(), whole.save(), 'what an update made');
        deepStrictEqual(act(resumed), act(whole), 'actions');
      }
      deepStrictEqual(saved, before, 'later updates leave a saved state alone');
      strictEqual(saved.updates, 3);
      whole.dispose();
      resumed.dispose();
    },
  },
  {
    name: 'saves every tensor that it holds, under a name of its own, and trains all of them',
    backends: ['cpu'],
    async run(subject) {
      for (const networks of [lawNetworks.plain, lawNetworks.together]) {
        const random = createRandomStream('moves');
        const { numTensors } = tf.memory();
        const learner = subject.create(lawSpace, { random: createRandomStream('learner'), ...networks });
        const before = learner.save().tensors;
        strictEqual(before.length, tf.memory().numTensors - numTensors, 'tensors held and tensors saved');
        const names = before.map(({ name }) => name);
        strictEqual(new Set(names).size, names.length, `names in ${names.join(', ')}`);
        for (let update = 0; update < 3; update++) await learner.update(createLawRollout(learner, lawSpace, random));
        for (const [index, { name, values }] of learner.save().tensors.entries()) {
          if (name!.startsWith('target/')) continue;
          const what = isMoment(name!) ? `${name} belongs to a weight with a gradient` : `${name} is trained`;
          ok(
            values.some((value, at) => value !== before[index]!.values[at]),
            what,
          );
        }
        learner.dispose();
      }
    },
  },
];

function create(subject: LawSubject): MarlLearner {
  return subject.create(lawSpace, { random: createRandomStream('learner'), ...lawNetworks.together });
}

function act(learner: MarlLearner): unknown {
  const random = createRandomStream('act');
  return learner.act(sampleRows(lawSpace, random).observations, { deterministic: false, random });
}
