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
import { selectTrial } from '../recommenders/select-trial.ts';
import type { TunedModel } from '../recommenders/tuned.ts';

// The message is the `TunedModel` of the recommender that the first argument names, on MovieLens 100K.
const [name, trials] = [process.argv[2]!, Number(process.argv[3])];
const { create, ranges = {}, epochs } = models[name]!;
await selectBackend(['wasm']);
// One item a user tells trials apart badly: the standard error of NDCG@10 over 943 users is about .006.
const { dataset, split } = await loadSplit('ml-100k', 3);
const interactions = createSplitInteractions(dataset, split, 'train');

const { trials: tried } = await searchHyperparameters({
  ranges,
  trials,
  random: createRandomStream('hyper-parameters').split(name),
  async run(parameters) {
    // On validation items the training part is everything that came before.
    const evaluateUsers = (fitted: FittedRecommender): Float64Array =>
      evaluateRanking(fitted, { split, target: 'validation' }).ndcg;
    const seed = 'hyper-parameters';
    if (epochs === undefined) {
      const ndcg = evaluateUsers(await create(parameters).fit(interactions, { seed }));
      return { value: mean(ndcg), outcome: { ndcg, epochs: 0 } };
    }
    const recommender = create({ ...parameters, epochs: epochs.most });
    const fit = await fitWithEarlyStopping(recommender, interactions, {
      seed,
      evaluate: (fitted) => mean(evaluateUsers(fitted)),
      every: epochs.every,
      patience: 4,
    });
    return { value: fit.value, outcome: { ndcg: evaluateUsers(fit.fitted), epochs: fit.epochs } };
  },
  onTrial: ({ parameters, value, outcome }, index) => {
    const done = `${name} ${index + 1}/${trials}: ${value.toFixed(4)}`;
    console.error(`${done} ${outcome.epochs} ${JSON.stringify(parameters)}`);
  },
});
const chosen = tried[selectTrial(tried.map(({ outcome }) => outcome.ndcg))]!;
const tuned: TunedModel = {
  parameters: { ...chosen.parameters, ...(epochs !== undefined && { epochs: chosen.outcome.epochs }) },
  validation: chosen.value,
  trials: tried.map(({ value }) => value),
};
process.send!(tuned);
