import { latentTypes } from '@rppkit/simulator';
import type { Encoder, RankingTask } from '@rppkit/spec';
import type { TypeClassifier } from './type-classifier.ts';

const traits = [8, 4, 2, 1] as const;
const pairs = traits.flatMap((left, index) => traits.slice(index + 1).map((right) => [left, right] as const));

/**
 * What the observation says of the latent type: the expected sign of each trait (1 held, -1 not) and of each product of two, ten
 * values. It knows no more than the observation, in the form in which prompts depend on it.
 */
export function createTraitEncoder(classify: TypeClassifier): Encoder {
  const known = new WeakMap<RankingTask, Float32Array>();
  const sign = (type: number, trait: number): number => ((type & trait) === 0 ? -1 : 1);
  const encode = (task: RankingTask): Float32Array => {
    const posterior = classify(task);
    const expect = (value: (type: number) => number): number =>
      latentTypes.reduce((sum, { index }) => sum + posterior[index]! * value(index), 0);
    return Float32Array.from([
      ...traits.map((trait) => expect((type) => sign(type, trait))),
      ...pairs.map(([left, right]) => expect((type) => sign(type, left) * sign(type, right))),
    ]);
  };
  return {
    name: 'traits',
    size: traits.length + pairs.length,
    encode({ task }, output) {
      let values = known.get(task);
      if (values === undefined) {
        values = encode(task);
        known.set(task, values);
      }
      output.set(values);
    },
    state: () => ({ kind: 'traits' }),
  };
}
