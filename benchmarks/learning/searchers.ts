import { createRandomStream } from '@rppkit/spec';
import {
  type BenchContext,
  type BenchOutcome,
  defineBench,
  type Figures,
  type FullProtocolBench,
  type Json,
} from '../harness/bench.ts';
import { runInProcess } from '../processes/run-in-process.ts';
import { benchedBandits } from '../searchers/benched-searchers.ts';
import { computeGapClosed, type GapClosed } from '../searchers/gap-closed.ts';
import { type LinearProblemResult, runLinearProblem } from '../searchers/linear-problem.ts';
import type { MeasureSearchersOptions, SearchersRecord } from '../searchers/measure-searchers.ts';
import { splitRowKey } from '../searchers/row-key.ts';
import { cardUsers, readCardChoices } from '../worlds/world-card.ts';

const presets = ['diverse', 'mild'] as const;
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/** The others measure `diverse` alone, where learners are compared in ten worlds. */
const wholeSeeds: readonly number[] = [1, 2, 3, 4, 5];
const budgets = [500, 3000, 30_000] as const;

interface SeedRecord {
  readonly worlds: { readonly diverse: SearchersRecord; readonly mild?: SearchersRecord };
  /** By bandit. */
  readonly linear?: Readonly<Record<string, LinearProblemResult>>;
}

type Protocol = Omit<MeasureSearchersOptions, 'preset' | 'seed' | 'log'>;

const protocol: Protocol = { trainUsers: 10_000, reportUsers: cardUsers.reportUsers, budgets };
const quickProtocol: Protocol = { trainUsers: 300, reportUsers: 100, budgets: [500] };

const learningSearchers: FullProtocolBench = defineBench({
  name: 'learning/searchers',
  purpose: 'Share of the gap between best fixed prompt and context oracle that searchers and bandits close, by calls.',
  protocol: 'full',
  seeds,
  checkSeed: 1,
  inputs: async (): Promise<Json> => ({
    protocol: protocol as unknown as Json,
    bandits: Object.keys(benchedBandits),
    wholeSeeds,
    bounds: seeds.map((seed) => presets.map((preset) => ({ ...readCardChoices(preset, seed) }))),
  }),
  async measureSeed(seed, { mode, log }: BenchContext): Promise<Json> {
    const measure = (preset: (typeof presets)[number]): Promise<SearchersRecord> =>
      runInProcess<SearchersRecord>('measure-searchers.ts', [
        JSON.stringify({ ...(mode === 'quick' ? quickProtocol : protocol), preset, seed }),
      ]);
    if (mode !== 'quick' && !wholeSeeds.includes(seed)) {
      return { worlds: { diverse: await measure('diverse') } } as unknown as Json;
    }
    const [diverse, mild] = await Promise.all(presets.map(measure));
    const linear: Record<string, LinearProblemResult> = {};
    for (const [name, create] of Object.entries(benchedBandits)) {
      log(`linear problem, ${name}, seed ${seed}`);
      linear[name] = await runLinearProblem({ create, seed, ...(mode === 'quick' && { checkpoints: [100, 200] }) });
    }
    return { worlds: { diverse, mild }, linear } as unknown as Json;
  },
  summarize(records): BenchOutcome {
    const measured = Object.values(records) as unknown as readonly SeedRecord[];
    const rows: (string | number)[][] = [];
    for (const preset of presets) {
      const worlds = listWorlds(measured, preset);
      for (const key of Object.keys(worlds[0]!.found)) {
        const [name, calls] = splitRowKey(key);
        const gap = computeGap(measured, preset, key);
        const gain = mean(worlds.map(({ found }) => found[key]!.gain));
        const interval = gap === undefined ? '-' : `${gap.low.toFixed(2)} to ${gap.high.toFixed(2)}`;
        rows.push([preset, name, calls, gain, gap?.share ?? '-', interval]);
      }
      const headroom = mean(worlds.map(({ oracle, bestFixed }) => oracle - bestFixed));
      rows.push([preset, 'context oracle', '', headroom, 1, '']);
    }
    const problems = listProblems(measured);
    for (const name of Object.keys(benchedBandits)) {
      const slope = mean(problems.map(({ [name]: problem }) => problem!.slope));
      const loss = mean(problems.map(({ [name]: problem }) => problem!.finalLoss));
      rows.push([
        'linear problem',
        name,
        problems[0]![name]!.checkpoints.at(-1)!,
        -loss,
        `regret slope ${slope.toFixed(2)}`,
        '',
      ]);
    }
    return {
      figures: computeFigures(measured),
      table: {
        columns: ['world', 'searcher', 'calls', 'gain over best fixed', 'gap closed', '95 % interval'],
        rows,
      },
    };
  },
});

export default learningSearchers;

function computeFigures(seeds: readonly SeedRecord[]): Figures {
  const bandits = Object.keys(benchedBandits);
  const best = (preset: (typeof presets)[number], calls: number): number =>
    Math.max(
      ...bandits.map((name) => computeGap(seeds, preset, `${name} ${calls}`)?.share ?? Number.NEGATIVE_INFINITY),
    );
  const adaptive = bandits.filter((name) => name !== 'ridge');
  const problems = listProblems(seeds);
  const most = Math.max(...Object.keys(seeds[0]!.worlds.diverse.found).map((key) => splitRowKey(key)[1]));
  return {
    bestBanditDiverse: best('diverse', most),
    linearLoss: Math.max(...bandits.map((name) => mean(problems.map(({ [name]: problem }) => problem!.finalLoss)))),
    regretSlope: Math.max(...adaptive.map((name) => mean(problems.map(({ [name]: problem }) => problem!.slope)))),
  };
}

function computeGap(
  seeds: readonly SeedRecord[],
  preset: (typeof presets)[number],
  key: string,
): GapClosed | undefined {
  const gains = listWorlds(seeds, preset).map(({ found }) => found[key]!);
  return computeGapClosed(gains, createRandomStream('gap closed').split(preset).split(key));
}

const listWorlds = (seeds: readonly SeedRecord[], preset: (typeof presets)[number]): readonly SearchersRecord[] =>
  seeds.flatMap(({ worlds: { [preset]: world } }) => world ?? []);

const listProblems = (seeds: readonly SeedRecord[]): readonly Readonly<Record<string, LinearProblemResult>>[] =>
  seeds.flatMap(({ linear }) => (linear === undefined ? [] : [linear]));

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
