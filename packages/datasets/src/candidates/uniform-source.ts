import { sampleDistinct } from '@rppkit/spec';
import { type CandidateSource, createShortageError } from './candidate-source.ts';

/** Draws uniformly without replacement among the items that are not excluded, also those that nobody interacted with. */
export function createUniformSource(): CandidateSource {
  const name = 'uniform';
  return {
    name,
    sample: (request) => {
      const { dataset, excluded, count, random } = request;
      const left = dataset.log.items.length - excluded.length;
      if (left < count) throw createShortageError(name, request, left);
      return sampleDistinct(random, left, count).map((rank) => {
        // The rank-th item that is not excluded.
        let item = rank;
        for (let at = 0; at < excluded.length && excluded[at]! <= item; at++) item++;
        return item;
      });
    },
  };
}
