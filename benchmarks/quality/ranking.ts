import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { adjustByHolm, mean, standardDeviation, studentTQuantile, studentTTwoSidedP } from '@rppkit/metrics/statistics';
import { type RankingRowName, rankingRowNames } from 'rppkit';
import {
  type BenchContext,
  type BenchOutcome,
  defineBench,
  type Figures,
  type FullProtocolBench,
  type Json,
} from '../harness/bench.ts';
import { computeSourceHash } from '../harness/seed-journal.ts';
import { runInProcess } from '../processes/run-in-process.ts';
import type { MeasureRankingOptions, RankingRecord, RankingRecordRow } from '../ranking/measure-ranking.ts';
import { configureData, countedPopularity, type RankedDataName, rankedData } from '../ranking/ranked-data.ts';

type Protocol = Pick<MeasureRankingOptions, 'calls' | 'rows'>;

const models = ['simulated:weak', 'simulated:strong'] as const;
const protocol: Protocol = { calls: 3000, rows: rankingRowNames };
const quickProtocol: Protocol = {
  calls: 150,
  rows: ['chance', 'popularity', 'item-knn', 'sequential', 'best-fixed', 'rpp', 'rpp-swapped'],
};

/** Rows that need no model: they are fitted before two processes share them. */
const fittedRows: readonly RankingRowName[] = ['popularity', 'item-knn', 'bpr', 'light-gcn', 'sasrec'];

/** Seeds of prompts and learners. */
const seeds = [1, 2, 3, 4, 5];
/** A number of the journal is a data set and a seed: 23 is seed 3 of the second. */
const units = rankedData.flatMap((_, place) => seeds.map((seed) => 10 * (place + 1) + seed));

/** Fitted ones stay while their sources do. */
function nameRecommendersFolder(): string {
  const sources = computeSourceHash(fileURLToPath(new URL('../../packages/recommenders/src', import.meta.url)));
  return fileURLToPath(new URL(`../unfinished/recommenders/${sources.slice(0, 16)}`, import.meta.url));
}

/** Both models on one data set with one seed; a quick run has only the first. */
type UnitRecord = Readonly<Record<string, RankingRecord>>;

let announced = false;

/**
 * The paper's experiment: every row on the same users of five data sets, with a weak and a strong simulated ranker. Tasks and
 * recommenders are the same for all seeds, so that a seed tells how much the prompts that are found differ.
 */
const qualityRanking: FullProtocolBench = defineBench({
  name: 'quality/ranking',
  purpose: 'The paper’s experiment: recommenders, fixed prompts, searches and RPP on the same users of five data sets.',
  protocol: 'full',
  seeds: units,
  checkSeed: units[0]!,
  inputs: async (): Promise<Json> => ({
    protocol: protocol as unknown as Json,
    models,
    data: rankedData.map((name) => [name, computeChecksum(name)]),
  }),
  async measureSeed(unit, { mode, log }: BenchContext): Promise<Json> {
    announce(mode, log);
    const quick = mode === 'quick';
    const data: RankedDataName = quick ? 'tiny' : rankedData[Math.floor(unit / 10) - 1]!;
    const shared = { data, seed: unit % 10, ...(quick ? quickProtocol : protocol) };
    const recommendersPath = quick ? undefined : nameRecommendersFolder();
    const measure = (own: object): Promise<RankingRecord> =>
      runInProcess<RankingRecord>('measure-ranking.ts', [JSON.stringify({ ...shared, recommendersPath, ...own })]);
    if (quick) {
      // A second process would take longer to start than the rows take.
      const { measureRanking } = await import('../ranking/measure-ranking.ts');
      return { [models[0]]: await measureRanking({ ...shared, model: models[0], log }) } as unknown as Json;
    }
    await measure({ model: models[0], rows: fittedRows, calls: 150 });
    const measured = await Promise.all(models.map(async (model) => [model, await measure({ model })] as const));
    return Object.fromEntries(measured) as unknown as Json;
  },
  summarize(records): BenchOutcome {
    const cells = listCells(records as unknown as Readonly<Record<string, UnitRecord>>);
    return {
      figures: computeFigures(cells),
      table: {
        columns: [
          ...['data', 'ranker', 'row', 'NDCG@1', 'NDCG@5', 'NDCG@10', '± 95 %'],
          ...['less best fixed', '95 % interval', 'p', 'calls to find it', 'calls a ranking', 'tokens a ranking'],
          'NDCG@10 per 1,000 tokens',
        ],
        rows: cells.flatMap(listRows),
      },
      note:
        'The same users and candidates for all rows and seeds; a seed changes draws of answers, searches and learners. Variance: that ' +
        'between seeds by their number, and that over users, which all seeds share. Intervals and p by Student’s t with degrees of ' +
        'freedom by Satterthwaite; p: two-sided against the best fixed prompt, corrected by Holm over the rows of a data set and ranker. Frozen: everybody gets the sentence of the best fixed prompt. ' +
        'rpp-transferred: the policy that was trained on the weak ranker.',
    };
  },
});

export default qualityRanking;

/** One data set and model, with the record of every seed. */
interface Cell {
  readonly data: RankedDataName;
  readonly model: string;
  readonly seeds: readonly RankingRecord[];
}

function listCells(records: Readonly<Record<string, UnitRecord>>): readonly Cell[] {
  const cells = new Map<string, Cell>();
  for (const unit of Object.values(records)) {
    for (const [model, record] of Object.entries(unit)) {
      const key = `${record.data} ${model}`;
      cells.set(key, { data: record.data, model, seeds: [...(cells.get(key)?.seeds ?? []), record] });
    }
  }
  return [...cells.values()];
}

function computeFigures(cells: readonly Cell[]): Figures {
  const at10 = ({ seeds: own }: Cell, row: RankingRowName): number => average(own, row, ({ ndcg }) => ndcg[2]);
  const budget = protocol.calls;
  const searchCalls = cells.flatMap(({ seeds: own }) =>
    own.flatMap(({ rows }) =>
      Object.entries(rows).map(([row, { costs }]) => {
        // Two budgets: that of the training and that of the search for the frozen sentence.
        const search = row.endsWith('-frozen') ? rows['best-fixed']!.costs!.searchCalls : 0;
        return (costs?.searchCalls ?? 0) - search;
      }),
    ),
  );
  return {
    bestFixedOverChance: Math.min(...cells.map((cell) => at10(cell, 'best-fixed') - at10(cell, 'chance'))),
    popularityOffCount: Math.max(
      0,
      ...cells.flatMap((cell) => {
        const counted = countedPopularity[cell.data];
        return counted === undefined ? [] : Math.abs(at10(cell, 'popularity') - counted);
      }),
    ),
    chanceOff: Math.max(...cells.map((cell) => Math.abs(at10(cell, 'chance') - expectedAtChance))),
    callsOverBudget: Math.max(...searchCalls) - budget,
    // Of the weak ranker nothing is transferred to itself.
    missingRows: cells
      .flatMap(({ seeds: own }) => own.flatMap(({ missing }) => Object.keys(missing)))
      .filter((row) => row !== 'rpp-transferred').length,
  };
}

/** NDCG@10 of one relevant item among 10 in random order: the mean of 1 / log2(rank + 1). */
const expectedAtChance = mean(Array.from({ length: 10 }, (_, rank) => 1 / Math.log2(rank + 2)));

const average = (
  records: readonly RankingRecord[],
  row: RankingRowName,
  read: (row: RankingRecordRow) => number,
): number => mean(records.flatMap(({ rows }) => (rows[row] === undefined ? [] : read(rows[row]))));

/** The rows of one data set and ranker, as far as they could be made. */
function listRows({ data, model, seeds: own }: Cell): (string | number)[][] {
  const names = rankingRowNames.filter((row) => own.every(({ rows }) => rows[row] !== undefined));
  const differences = names.map((row) =>
    estimate(own, (record) => {
      const { difference, errors } = record.rows[row]!;
      return { value: difference, error: errors[1] };
    }),
  );
  const tested = names.filter((row) => row !== 'best-fixed');
  const adjusted = adjustByHolm(
    tested.map((row) => {
      const { value, error, degrees } = differences[names.indexOf(row)]!;
      if (error === 0) return value === 0 ? 1 : 0;
      return studentTTwoSidedP(value / error, degrees);
    }),
  );
  return names.map((row, index) => {
    const read = (k: number): number => average(own, row, ({ ndcg }) => ndcg[k]!);
    const { half } = estimate(own, ({ rows }) => ({ value: rows[row]!.ndcg[2], error: rows[row]!.errors[0] }));
    const { value, half: differenceHalf } = differences[index]!;
    const [low, high] = [value - differenceHalf, value + differenceHalf];
    const isFixed = row === 'best-fixed';
    const asked = own[0]!.rows[row]!.costs !== null;
    const cost = (pick: (costs: NonNullable<RankingRecordRow['costs']>) => number): number =>
      average(own, row, ({ costs }) => pick(costs!));
    const tokens = asked ? cost((costs) => costs.tokens) : 0;
    return [
      ...[data, model.replace('simulated:', ''), row, read(0), read(1), read(2), half.toFixed(4)],
      ...(isFixed ? ['', '', ''] : [value, `${low.toFixed(4)} to ${high.toFixed(4)}`, adjusted[tested.indexOf(row)]!]),
      ...(asked
        ? [
            cost((costs) => costs.searchCalls),
            cost((costs) => costs.callsPerRanking),
            tokens,
            (1000 * read(2)) / tokens,
          ]
        : ['', '', '', '']),
    ];
  });
}

interface SeedsEstimate {
  readonly value: number;
  readonly error: number;
  /** Of freedom, for Student's t. */
  readonly degrees: number;
  /** Half the 95 % interval. */
  readonly half: number;
}

/**
 * Mean over seeds; its error joins what seeds and users bring, which counts the noise of single answers twice. Degrees of freedom:
 * Satterthwaite, "An approximate distribution of estimates of variance components", Biometrics Bulletin 2(6), 1946.
 */
function estimate(
  records: readonly RankingRecord[],
  read: (record: RankingRecord) => { readonly value: number; readonly error: number },
): SeedsEstimate {
  const measured = records.map(read);
  const values = measured.map(({ value }) => value);
  const betweenSeeds = values.length < 2 ? 0 : standardDeviation(values) ** 2 / values.length;
  const overUsers = mean(measured.map(({ error }) => error ** 2));
  const bySeeds = betweenSeeds === 0 ? 0 : betweenSeeds ** 2 / (values.length - 1);
  const byUsers = overUsers ** 2 / (records[0]!.users - 1);
  const error = Math.sqrt(betweenSeeds + overUsers);
  // What has no error needs none.
  const degrees = error === 0 ? 1 : error ** 4 / (bySeeds + byUsers);
  return { value: mean(values), error, degrees, half: error === 0 ? 0 : studentTQuantile(0.975, degrees) * error };
}

/** SHA-256 of the files of a data set; of a world, its configuration. */
function computeChecksum(name: RankedDataName): string {
  const { data } = configureData(name);
  const hash = createHash('sha256');
  if (data.kind === 'synthetic') return hash.update(JSON.stringify(data)).digest('hex');
  for (const file of readdirSync(data.path).toSorted()) hash.update(file).update(readFileSync(join(data.path, file)));
  return hash.digest('hex');
}

/** How long it will take on two cores that do nothing else, before it begins. */
function announce(mode: BenchContext['mode'], log: BenchContext['log']): void {
  if (announced || mode === 'quick') return;
  announced = true;
  const fitting = `recommenders that ${nameRecommendersFolder()} does not hold are fitted first`;
  log(
    mode === 'full'
      ? `quality/ranking: ${units.length} parts (a data set and a seed each) of about 3 minutes; ${fitting}, 8 to 25 minutes a data set: about 2.5 hours in all.`
      : `quality/ranking: one part, about 3 minutes; ${fitting}, about 12 minutes.`,
  );
}
