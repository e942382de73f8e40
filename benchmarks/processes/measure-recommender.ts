import { selectBackend } from '@rppkit/backend';
import { mean } from '@rppkit/metrics/statistics';
import { createSplitInteractions, evaluateRanking } from '@rppkit/recommenders';
import { createRandomStream } from '@rppkit/spec';
import { type BenchedDataName, loadSplit } from '../recommenders/load-split.ts';
import { models } from '../recommenders/models.ts';
import type { RecommenderRecord } from '../recommenders/recommender-record.ts';

// The message is the `RecommenderRecord`. Arguments: name of the recommender, its parameters, seed, data.
const [name, parameters, seed, data] = process.argv.slice(2) as [string, string, string, BenchedDataName];
const { create, history } = models[name]!;
await selectBackend(['wasm']);
const { dataset, split } = await loadSplit(data);
const interactions = createSplitInteractions(dataset, split, 'train');
const fitted = await create(JSON.parse(parameters)).fit(interactions, { seed: Number(seed) });
const full = evaluateRanking(fitted, { split, target: 'test', history });
const complete = evaluateRanking(fitted, { split, target: 'test' });
const random = createRandomStream(Number(seed)).split('sampled candidates');
const sampled = evaluateRanking(fitted, { split, target: 'test', history, sampled: { negatives: 100, random } });
const record: RecommenderRecord = {
  ndcg: mean(full.ndcg),
  recall: mean(full.recall),
  completeNdcg: mean(complete.ndcg),
  sampledNdcg: mean(sampled.ndcg),
};
process.send!(record);
