import { selectBackend } from '@rppkit/backend';
import { mean } from '@rppkit/metrics/statistics';
import {
  createSplitInteractions,
  evaluateRanking,
  type FittedRecommender,
  fitWithEarlyStopping,
  searchHyperparameters,
} from '@rppkit/recommenders';
import { createRandomStream } from '@rppkit/spec';
import { loadSplit } from '../recommenders/load-split.ts';
import { models } from '../recommenders/models.ts';
import type { TunedModel } from '../recommenders/tuned.ts';

// The message is the `TunedModel` of the recommender that the first argument names, on MovieLens 100K.
const [name, trials] = [process.argv[2]!, Number(process.argv[3])];
const { create, ranges = {}, epochs } = models[name]!;
await selectBackend(['wasm']);
// One item a user cannot tell the trials apart: the standard error of NDCG@10 over 943 users is about .006.
const { dataset, split } = await loadSplit('ml-100k', 3);
const interactions = createSplitInteractions(dataset, split, 'train');

const { best, trials: tried } = await searchHyperparameters({
  ranges,
  trials,
  random: createRandomStream('hyper-parameters').split(name),
  async run(parameters) {
    // On validation items the training part is everything that came before.
    const evaluate = (fitted: FittedRecommender): number =>
      mean(evaluateRanking(fitted, { split, target: 'validation' }).ndcg);
    const seed = 'hyper-parameters';
    if (epochs === undefined) {
      return { value: evaluate(await create(parameters).fit(interactions, { seed })), outcome: 0 };
    }
    const recommender = create({ ...parameters, epochs: epochs.most });
    const fit = await fitWithEarlyStopping(recommender, interactions, {
      seed,
      evaluate,
      every: epochs.every,
      patience: 4,
    });
    return { value: fit.value, outcome: fit.epochs };
  },
  onTrial: ({ parameters, value, outcome }, index) => {
    console.error(`${name} ${index + 1}/${trials}: ${value.toFixed(4)} ${outcome} ${JSON.stringify(parameters)}`);
  },
});
const tuned: TunedModel = {
  parameters: { ...best.parameters, ...(epochs !== undefined && { epochs: best.outcome }) },
  validation: best.value,
  trials: tried.map(({ value }) => value),
};
process.send!(tuned);
