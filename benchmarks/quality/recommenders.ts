import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mean, studentMeanInterval } from '@rppkit/metrics/statistics';
import {
  type BenchContext,
  type BenchOutcome,
  defineBench,
  type Figures,
  type FullProtocolBench,
  type Json,
} from '../harness/bench.ts';
import { runInProcess } from '../processes/run-in-process.ts';
import type { BenchedDataName } from '../recommenders/load-split.ts';
import { models } from '../recommenders/models.ts';
import type { RecommenderRecord } from '../recommenders/recommender-record.ts';
import { readReferences } from '../recommenders/references.ts';
import { readTuned } from '../recommenders/tuned.ts';

type SeedRecord = Readonly<Record<string, RecommenderRecord>>;

const names = Object.keys(models);
const tuned = readTuned();
const references = readReferences();
const k = 10;

/**
 * Every recommender on MovieLens 100K, leave-one-out by time, with the hyper-parameters that the same number of validation
 * trials found (`recommenders/search.ts`). Fitted on the training part and served as RecBole does it, so that its figures can
 * be compared. A quick run takes a small synthetic world.
 */
const qualityRecommenders: FullProtocolBench = defineBench({
  name: 'quality/recommenders',
  purpose: 'NDCG@10 and recall@10 of every recommender on MovieLens 100K, against figures of independent code.',
  protocol: 'full',
  seeds: [1, 2, 3, 4, 5],
  checkSeed: 1,
  inputs: async (): Promise<Json> => ({
    parameters: Object.fromEntries(Object.entries(tuned).map(([name, { parameters }]) => [name, parameters])),
    data: createHash('sha256')
      .update(await readFile(join(process.env['RPPKIT_DATA'] ?? '', 'ml-100k/u.data')))
      .digest('hex'),
  }),
  async measureSeed(seed, { mode, log }: BenchContext): Promise<Json> {
    const data: BenchedDataName = mode === 'quick' ? 'synthetic' : 'ml-100k';
    const records: Record<string, RecommenderRecord> = {};
    // The slowest stand at the end.
    const waiting = names.toReversed();
    const measureNext = async (): Promise<void> => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        log(`${name}, seed ${seed}`);
        const hasEpochs = models[name]!.epochs !== undefined || models[name]!.ranges?.['epochs'] !== undefined;
        const parameters = { ...tuned[name]?.parameters, ...(mode === 'quick' && hasEpochs && { epochs: 1 }) };
        const args = [name, JSON.stringify(parameters), String(seed), data];
        records[name] = await runInProcess<RecommenderRecord>('measure-recommender.ts', args);
      }
    };
    await Promise.all([measureNext(), measureNext()]);
    return records as unknown as Json;
  },
  summarize(records): BenchOutcome {
    const seeds = Object.values(records) as unknown as readonly SeedRecord[];
    const average = (name: string, field: keyof RecommenderRecord): number =>
      mean(seeds.map((record) => record[name]![field]));
    const rows = names
      .map((name): (string | number)[] => {
        const ndcgs = seeds.map((record) => record[name]!.ndcg);
        const { low, high } = seeds.length < 2 ? { low: ndcgs[0]!, high: ndcgs[0]! } : studentMeanInterval(ndcgs);
        const reference = references[name];
        return [
          name,
          average(name, 'ndcg'),
          `${low.toFixed(4)} to ${high.toFixed(4)}`,
          average(name, 'recall'),
          reference === undefined ? '' : reference.ndcg,
          reference === undefined ? '' : reference.recall,
          average(name, 'completeNdcg'),
          average(name, 'sampledNdcg'),
          tuned[name]?.validation ?? '',
        ];
      })
      .sort((left, right) => Number(right[1]) - Number(left[1]));
    return {
      figures: computeFigures(average),
      table: {
        columns: [
          'recommender',
          `NDCG@${k}`,
          '95 % interval over seeds',
          `recall@${k}`,
          `independent NDCG@${k}`,
          `independent recall@${k}`,
          `NDCG@${k}, served from everything before`,
          `NDCG@${k} among 100 sampled`,
          `validation NDCG@${k}`,
        ],
        rows,
      },
    };
  },
});

export default qualityRecommenders;

function computeFigures(average: (name: string, field: keyof RecommenderRecord) => number): Figures {
  const figures: Record<string, number> = {};
  for (const [name, { ndcg, recall }] of Object.entries(references)) {
    figures[`${name} ndcgOfIndependent`] = average(name, 'ndcg') / ndcg;
    figures[`${name} recallOfIndependent`] = average(name, 'recall') / recall;
  }
  const collaborative = names.filter((name) => models[name]!.collaborative);
  return {
    ...figures,
    popularityOverRandom: average('popularity', 'ndcg') - average('random', 'ndcg'),
    collaborativeOverPopularity:
      Math.min(...collaborative.map((name) => average(name, 'ndcg'))) - average('popularity', 'ndcg'),
  };
}
