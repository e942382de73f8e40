import { studentMeanInterval } from '@rppkit/metrics/statistics';
import {
  type BenchContext,
  type BenchOutcome,
  defineBench,
  type FullProtocolBench,
  type Json,
} from '../harness/bench.ts';
import { runInProcess } from '../processes/run-in-process.ts';
import type { MeasureRefinerOptions, RefinerPreset, RefinerRecord, RefinerRow } from '../refiners/measure-refiner.ts';
import { splitRowKey } from '../searchers/row-key.ts';
import { computeMean } from '../worlds/user-rewards.ts';

const presets: readonly RefinerPreset[] = ['weak-wording', 'diverse'];
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

type Protocol = Omit<MeasureRefinerOptions, 'preset' | 'seed' | 'log'>;

const protocol: Protocol = { fitUsers: 50_000, trainUsers: 10_000, reportUsers: 5000, budgets: [3000] };
const quickProtocol: Protocol = { fitUsers: 400, trainUsers: 300, reportUsers: 100, budgets: [300] };

type SeedRecord = Readonly<Record<RefinerPreset, RefinerRecord>>;

const learningRefiner: FullProtocolBench = defineBench({
  name: 'learning/refiner',
  purpose: 'What refined sentences bring at equal calls, where words are weak and where they are clear already.',
  protocol: 'full',
  seeds,
  checkSeed: 1,
  inputs: async (): Promise<Json> => ({ protocol: protocol as unknown as Json, presets }),
  async measureSeed(seed, { mode }: BenchContext): Promise<Json> {
    const own = mode === 'quick' ? quickProtocol : protocol;
    const measured = await Promise.all(
      presets.map(async (preset) => {
        const options = JSON.stringify({ ...own, preset, seed });
        return [preset, await runInProcess<RefinerRecord>('measure-refiner.ts', [options])] as const;
      }),
    );
    return Object.fromEntries(measured) as unknown as Json;
  },
  summarize(records): BenchOutcome {
    const measured = Object.values(records) as unknown as readonly SeedRecord[];
    const gains = (preset: RefinerPreset): readonly Gain[] =>
      listBudgets(measured).map((calls) => computeGain(measured, preset, 'rpp+ grow', calls));
    return {
      figures: {
        weakLow: Math.min(...gains('weak-wording').map(({ low }) => low)),
        diverseGain: Math.min(...gains('diverse').map(({ mean }) => mean)),
      },
      table: {
        columns: [
          'world',
          'row',
          'calls',
          'seeds',
          'NDCG@10',
          'less rpp',
          '95 % interval',
          'refine',
          'pairs',
          'children',
        ],
        rows: presets.flatMap((preset) =>
          Object.keys(measured[0]![preset]).map((key) => listRow(measured, preset, key)),
        ),
      },
      note:
        'NDCG@10 of users who were never asked. Calls are those of both models, refinements and pairs included. ' +
        'Children: made, promoted, retired (undecided ones too), means over seeds. Intervals are ' +
        'Student’s, paired over seeds.',
    };
  },
});

export default learningRefiner;

interface Gain {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

function listBudgets(measured: readonly SeedRecord[]): readonly string[] {
  return [...new Set(Object.keys(measured[0]!.diverse).map((key) => String(splitRowKey(key)[1])))];
}

/** What a row gets less what RPP gets at as many calls, paired over seeds. */
function computeGain(measured: readonly SeedRecord[], preset: RefinerPreset, name: string, calls: string): Gain {
  const differences = measured.map((record) => {
    const own = record[preset];
    return own[`${name} ${calls}`]!.ndcg - own[`rpp ${calls}`]!.ndcg;
  });
  const [only] = differences;
  return differences.length === 1 ? { mean: only!, low: only!, high: only! } : studentMeanInterval(differences);
}

function listRow(measured: readonly SeedRecord[], preset: RefinerPreset, key: string): (string | number)[] {
  const [name, calls] = splitRowKey(key);
  const rows = measured.map((record) => record[preset][key]!);
  const mean = (read: (row: RefinerRow) => number): number => computeMean(rows.map(read));
  const gain = computeGain(measured, preset, name, String(calls));
  const children = [0, 1, 2].map((at) => mean(({ children: counts }) => counts[at]!).toFixed(1));
  return [
    preset,
    name,
    Math.round(mean((row) => row.calls)),
    rows.length,
    mean(({ ndcg }) => ndcg),
    name === 'rpp' ? '' : gain.mean,
    name === 'rpp' ? '' : `${gain.low.toFixed(4)} to ${gain.high.toFixed(4)}`,
    Math.round(mean((row) => row.refineCalls)),
    Math.round(mean((row) => row.pairCalls)),
    children.join(', '),
  ];
}
