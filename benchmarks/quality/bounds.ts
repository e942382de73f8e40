import { behaviours } from '@rppkit/simulator';
import {
  type BenchContext,
  type BenchOutcome,
  defineBench,
  type FullProtocolBench,
  type Json,
} from '../harness/bench.ts';
import { runInProcess } from '../processes/run-in-process.ts';
import type { GapRecord, MeasureGapOptions } from '../worlds/measure-gap.ts';
import { computeMean } from '../worlds/user-rewards.ts';
import { cardUsers, type GapPreset } from '../worlds/world-card.ts';

const presets: readonly GapPreset[] = ['diverse', 'mild'];

type Protocol = Omit<MeasureGapOptions, 'preset' | 'seed' | 'log'>;
type SeedRecord = Readonly<Record<GapPreset, GapRecord>>;

const protocol: Protocol = { ...cardUsers, answers: 1_000_000, bestFixedCalls: 100_000 };
const quickProtocol: Protocol = { fitUsers: 500, reportUsers: 200, answers: 2000, bestFixedCalls: 500 };

const qualityBounds: FullProtocolBench = defineBench({
  name: 'quality/bounds',
  purpose: 'Best fixed prompt and context oracle of further worlds, so that learners can be compared in ten.',
  protocol: 'full',
  // The world card has the bounds of seeds 1 to 5.
  seeds: [6, 7, 8, 9, 10],
  checkSeed: 6,
  inputs: async (): Promise<Json> => ({ protocol: { ...protocol }, behaviour: { ...behaviours.weak } }),
  async measureSeed(seed, { mode }: BenchContext): Promise<Json> {
    const measure = (preset: GapPreset): Promise<GapRecord> =>
      runInProcess<GapRecord>('measure-gap.ts', [
        JSON.stringify({ ...(mode === 'quick' ? quickProtocol : protocol), preset, seed }),
      ]);
    const [diverse, mild] = await Promise.all(presets.map(measure));
    return { diverse, mild } as unknown as Json;
  },
  summarize(records): BenchOutcome {
    const seeds = Object.entries(records) as unknown as readonly (readonly [string, SeedRecord])[];
    const headroom = (preset: GapPreset): number => computeMean(seeds.map(([, record]) => record[preset].headroom));
    return {
      figures: {
        // [0.05, 0.08] and [0.015, 0.025], as the world card wants them.
        diverseHeadroomOffMiddle: Math.abs(headroom('diverse') - 0.065),
        mildHeadroomOffMiddle: Math.abs(headroom('mild') - 0.02),
      },
      table: {
        columns: ['world', 'seed', 'best fixed prompt', 'context oracle', 'headroom', 'standard error'],
        rows: presets.flatMap((preset) =>
          seeds.map(([seed, { [preset]: record }]) => [
            preset,
            seed,
            record.bestFixed,
            record.oracle,
            record.headroom,
            record.standardError,
          ]),
        ),
      },
    };
  },
});

export default qualityBounds;
