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
import { cardUsers, readCardChoices } from '../worlds/world-card.ts';

const presets = ['diverse', 'mild'] as const;
const seeds = [1, 2, 3, 4, 5];
const budgets = [500, 3000, 30_000] as const;

interface SeedRecord {
  readonly worlds: Readonly<Record<(typeof presets)[number], SearchersRecord>>;
  /** By bandit. */
  readonly linear: Readonly<Record<string, LinearProblemResult>>;
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
    bounds: seeds.map((seed) => presets.map((preset) => ({ ...readCardChoices(preset, seed) }))),
  }),
  async measureSeed(seed, { mode, log }: BenchContext): Promise<Json> {
    const measure = (preset: (typeof presets)[number]): Promise<SearchersRecord> =>
      runInProcess<SearchersRecord>('measure-searchers.ts', [
        JSON.stringify({ ...(mode === 'quick' ? quickProtocol : protocol), preset, seed }),
      ]);
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
      const worlds = measured.map(({ worlds: { [preset]: world } }) => world);
      for (const key of Object.keys(worlds[0]!.found)) {
        const [name, calls] = splitKey(key);
        const gap = computeGap(measured, preset, key);
        const gain = mean(worlds.map(({ found }) => found[key]!.gain));
        const interval = gap === undefined ? '-' : `${gap.low.toFixed(2)} to ${gap.high.toFixed(2)}`;
        rows.push([preset, name, calls, gain, gap?.share ?? '-', interval]);
      }
      const headroom = mean(worlds.map(({ oracle, bestFixed }) => oracle - bestFixed));
      rows.push([preset, 'context oracle', '', headroom, 1, '']);
    }
    for (const name of Object.keys(benchedBandits)) {
      const slope = mean(measured.map(({ linear }) => linear[name]!.slope));
      const loss = mean(measured.map(({ linear }) => linear[name]!.finalLoss));
      rows.push([
        'linear problem',
        name,
        measured[0]!.linear[name]!.checkpoints.at(-1)!,
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
  const most = Math.max(...Object.keys(seeds[0]!.worlds.diverse.found).map((key) => splitKey(key)[1]));
  return {
    bestBanditDiverse: best('diverse', most),
    linearLoss: Math.max(...bandits.map((name) => mean(seeds.map(({ linear }) => linear[name]!.finalLoss)))),
    regretSlope: Math.max(...adaptive.map((name) => mean(seeds.map(({ linear }) => linear[name]!.slope)))),
  };
}

function computeGap(
  seeds: readonly SeedRecord[],
  preset: (typeof presets)[number],
  key: string,
): GapClosed | undefined {
  const gains = seeds.map(({ worlds: { [preset]: world } }) => world.found[key]!);
  return computeGapClosed(gains, createRandomStream('gap closed').split(preset).split(key));
}

function splitKey(key: string): readonly [string, number] {
  const at = key.lastIndexOf(' ');
  return [key.slice(0, at), Number(key.slice(at + 1))];
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
