import type { RandomStream } from '@rppkit/spec';
import type { MarlLearner } from '../../learner/create-learner.ts';

/** Adds noise to every weight of a learner, biases and targets too, so that nothing is 0 or nearly uniform; moments stay. */
export function disturbWeights(learner: MarlLearner, random: RandomStream): void {
  const state = learner.save();
  learner.load({
    ...state,
    tensors: state.tensors.map(({ name, shape, values }) => ({
      name: name!,
      shape,
      values: isMoment(name!) ? values : values.map((value) => value + 0.3 * random.normal()),
    })),
  });
}

/** True for the name of an optimiser's moment. */
export function isMoment(name: string): boolean {
  return name.endsWith('-moment');
}
