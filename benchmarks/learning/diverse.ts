import { readFileSync } from 'node:fs';
import { bootstrapMeanInterval } from '@rppkit/metrics/statistics';
import { createRandomStream } from '@rppkit/spec';
import {
  type BenchContext,
  type BenchOutcome,
  defineBench,
  type Figures,
  type FullProtocolBench,
  type Json,
} from '../harness/bench.ts';
import { benchedRows, type RowGroup } from '../learners/benched-rows.ts';
import type { LearnersRecord, MeasureLearnersOptions } from '../learners/measure-learners.ts';
import type { MeasureRoundsOptions, RoundsRecord } from '../learners/measure-rounds.ts';
import { runInProcess } from '../processes/run-in-process.ts';
import { computeGapClosed, type GapClosed, type SeedGains } from '../searchers/gap-closed.ts';
import type { SearchersRecord } from '../searchers/measure-searchers.ts';
import { computeMean } from '../worlds/user-rewards.ts';
import { cardUsers, type GapPreset, readCardChoices } from '../worlds/world-card.ts';

const presets: readonly GapPreset[] = ['diverse', 'mild'];
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/**
 * The others measure `diverse` alone, one prompt a ranking, and with most calls only the learner that is judged by ten
 * seeds.
 */
const wholeSeeds: readonly number[] = [1, 2, 3, 4, 5];

/** In the order of the table. */
const rowGroups = ['actorCritics', 'values', 'rpp'] as const;

type LearnersProtocol = Omit<MeasureLearnersOptions, 'preset' | 'seed' | 'rows' | 'log'>;
type RoundsProtocol = Omit<MeasureRoundsOptions, 'preset' | 'seed' | 'log'>;

const budgets = [500, 3000, 30_000] as const;
const protocol: LearnersProtocol = { trainUsers: 10_000, reportUsers: cardUsers.reportUsers, budgets };
const shortProtocol: LearnersProtocol = { ...protocol, budgets: [500, 3000] };
const ablationProtocol: LearnersProtocol = { ...protocol, budgets: [3000] };
const roundsProtocol: RoundsProtocol = {
  trainUsers: 10_000,
  reportUsers: 2500,
  rounds: [3, 15],
  budgets: [3000, 30_000],
};
const quickProtocol: LearnersProtocol = { trainUsers: 300, reportUsers: 100, budgets: [100] };
const quickRoundsProtocol: RoundsProtocol = { trainUsers: 300, reportUsers: 50, rounds: [2], budgets: [100] };

/** Rows of `learning/searchers` whose result is one prompt for everybody. */
const fixedSearchers = ['random', 'racing', 'halving'] as const;

interface SeedRecord {
  readonly learners: { readonly diverse: LearnersRecord; readonly mild?: LearnersRecord };
  readonly ablations: LearnersRecord;
  readonly rounds?: RoundsRecord;
}

/** Everything that was measured in one world, by row and calls. */
interface WorldSeed {
  readonly seed: string;
  readonly found: Readonly<Record<string, SeedGains>>;
}

const learningDiverse: FullProtocolBench = defineBench({
  name: 'learning/diverse',
  purpose: 'Share of the gap between best fixed prompt and context oracle that learners and searchers close, by calls.',
  protocol: 'full',
  seeds,
  checkSeed: 1,
  inputs: async (): Promise<Json> => ({
    protocol: protocol as unknown as Json,
    shortProtocol: shortProtocol as unknown as Json,
    ablationProtocol: ablationProtocol as unknown as Json,
    roundsProtocol: roundsProtocol as unknown as Json,
    wholeSeeds,
    rows: Object.values(benchedRows).map((rows) => rows.map(({ name }) => name)),
    bounds: seeds.map((seed) => presets.map((preset) => ({ ...readCardChoices(preset, seed) }))),
  }),
  async measureSeed(seed, { mode }: BenchContext): Promise<Json> {
    const quick = mode === 'quick';
    const whole = quick || wholeSeeds.includes(seed);
    const others = whole ? protocol : shortProtocol;
    const measure = (preset: GapPreset, rows: RowGroup): Promise<LearnersRecord> => {
      const own = quick ? quickProtocol : rows === 'ablations' ? ablationProtocol : rows === 'rpp' ? protocol : others;
      return runInProcess<LearnersRecord>('measure-learners.ts', [JSON.stringify({ ...own, preset, seed, rows })]);
    };
    const measureRounds = (): Promise<RoundsRecord> => {
      const own = { ...(quick ? quickRoundsProtocol : roundsProtocol), preset: 'diverse', seed };
      return runInProcess<RoundsRecord>('measure-rounds.ts', [JSON.stringify(own)]);
    };
    const found = new Map<string, LearnersRecord>();
    let rounds: RoundsRecord | undefined;
    const jobs: (() => Promise<void>)[] = (whole ? presets : (['diverse'] as const)).flatMap((preset) =>
      rowGroups.map((rows) => async () => void found.set(`${preset} ${rows}`, await measure(preset, rows))),
    );
    jobs.push(async () => void found.set('ablations', await measure('diverse', 'ablations')));
    if (whole) {
      jobs.push(async () => {
        rounds = await measureRounds();
      });
    }
    const lane = async (): Promise<void> => {
      for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) await job();
    };
    // Two processes at a time.
    await Promise.all([lane(), lane()]);
    const join = (preset: GapPreset): LearnersRecord =>
      Object.assign({}, ...rowGroups.map((rows) => found.get(`${preset} ${rows}`)));
    return {
      learners: { diverse: join('diverse'), ...(whole && { mild: join('mild') }) },
      ablations: found.get('ablations'),
      ...(rounds && { rounds }),
    } as unknown as Json;
  },
  summarize(records): BenchOutcome {
    const measured = Object.entries(records) as unknown as readonly (readonly [string, SeedRecord])[];
    const worlds = joinSearchers(measured);
    return {
      figures: computeFigures(measured, worlds),
      table: {
        columns: ['world', 'row', 'calls', 'seeds', 'gain', 'gap closed', '95 % interval'],
        rows: [
          ...presets.flatMap((preset) => listGapRows(preset, worlds[preset])),
          ...listAblationRows(measured),
          ...listRoundsRows(measured),
        ],
      },
      note:
        'Gain: NDCG@10 over the best fixed prompt, on users who were never asked. "rpp" less a part: what the part brings, paired ' +
        'over seeds. Several prompts a ranking: gain over the best fixed prompt asked as often, answers aggregated by Borda.',
    };
  },
});

export default learningDiverse;

/** The rows of `learning/searchers` beside the learners', for the seeds that both have. */
function joinSearchers(
  measured: readonly (readonly [string, SeedRecord])[],
): Readonly<Record<GapPreset, readonly WorldSeed[]>> {
  const { records } = JSON.parse(
    readFileSync(new URL('../results/learning/searchers.json', import.meta.url), 'utf8'),
  ) as {
    readonly records: Readonly<
      Record<string, { readonly worlds: Readonly<Partial<Record<GapPreset, SearchersRecord>>> }>
    >;
  };
  const join = (preset: GapPreset): readonly WorldSeed[] =>
    measured.flatMap(([seed, { learners }]) => {
      const own = learners[preset];
      if (own === undefined) return [];
      const searchers = records[seed]?.worlds[preset]?.found;
      if (searchers === undefined) throw new Error(`Expected learning/searchers to have seed ${seed}; run it --full.`);
      return [{ seed, found: { ...own, ...searchers } }];
    });
  return { diverse: join('diverse'), mild: join('mild') };
}

function computeFigures(
  measured: readonly (readonly [string, SeedRecord])[],
  { diverse }: Readonly<Record<GapPreset, readonly WorldSeed[]>>,
): Figures {
  // A quick run has no such budgets.
  const has = (key: string): boolean => diverse.every(({ found }) => found[key] !== undefined);
  const share = (key: string): GapClosed | undefined => (has(key) ? computeGap('diverse', diverse, key) : undefined);
  const [early, late] = [share('rpp 3000'), share('rpp 30000')];
  const others = Object.keys(diverse[0]!.found).filter(
    (key) => key.endsWith(' 3000') && !key.startsWith('rpp') && has(key),
  );
  const halfWidth = (gap: GapClosed | undefined): number => (gap === undefined ? 1 : (gap.high - gap.low) / 2);
  const fixedAt500 = fixedSearchers.map((name) => `${name} 500`).filter(has);
  const gain = (key: string): number => computeMean(diverse.map(({ found }) => found[key]!.gain));
  return {
    gapAt3000: early?.share ?? 0,
    gapAt30000: late?.share ?? 0,
    halfWidth: Math.max(halfWidth(early), halfWidth(late)),
    leadAt3000: Math.min(...others.map((key) => (early?.share ?? 0) - (share(key)?.share ?? 0))),
    overFixedAt500: has('rpp 500') ? gain('rpp 500') - Math.max(...fixedAt500.map(gain)) : 0,
    leastPart: Math.min(...listParts(measured).map(({ mean }) => mean)),
  };
}

function listGapRows(preset: GapPreset, worlds: readonly WorldSeed[]): (string | number)[][] {
  const rows = Object.keys(worlds[0]!.found).map((key): (string | number)[] => {
    const [name, calls] = splitKey(key);
    const measured = listGains(worlds, key);
    const gap = computeGap(preset, worlds, key);
    const gain = computeMean(measured.map((own) => own.gain));
    const interval = gap === undefined ? '-' : renderInterval(gap);
    return [preset, name, calls, measured.length, gain, gap?.share ?? '-', interval];
  });
  const headrooms = worlds.map(({ found }) => Object.values(found)[0]!.headroom);
  return [...rows, [preset, 'context oracle', '', worlds.length, computeMean(headrooms), 1, '']];
}

/** Of the seeds that have the row. */
const listGains = (worlds: readonly WorldSeed[], key: string): readonly SeedGains[] =>
  worlds.flatMap(({ found: { [key]: gains } }) => gains ?? []);

interface PartGain {
  readonly name: string;
  /** Share of the gap that the whole learner closes beyond the one without the part. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** What each part of the learner brings, paired over seeds. */
function listParts(measured: readonly (readonly [string, SeedRecord])[]): readonly PartGain[] {
  const keys = Object.keys(measured[0]![1].ablations);
  return keys.map((key) => {
    const whole = `rpp ${splitKey(key)[1]}`;
    const headroom = computeMean(measured.map(([, { ablations }]) => ablations[key]!.headroom));
    const gains = measured.map(
      ([, { learners, ablations }]) => (learners.diverse[whole]!.gain - ablations[key]!.gain) / headroom,
    );
    return { name: key, ...estimateMean(gains, key) };
  });
}

function listAblationRows(measured: readonly (readonly [string, SeedRecord])[]): (string | number)[][] {
  return listParts(measured).map((part) => {
    const [name, calls] = splitKey(part.name);
    return ['diverse', `rpp less ${name}`, calls, measured.length, '', part.mean, renderInterval(part)];
  });
}

function listRoundsRows(measured: readonly (readonly [string, SeedRecord])[]): (string | number)[][] {
  const records = measured.flatMap(([, { rounds }]) => (rounds === undefined ? [] : [rounds]));
  return Object.keys(records[0]!)
    .filter((key) => !key.includes('best fixed'))
    .map((key) => {
      const [name, calls] = splitKey(key);
      const fixed = `${name.split(' ')[0]} best fixed 0`;
      const gains = estimateMean(
        records.map((record) => record[key]! - record[fixed]!),
        key,
      );
      const [rounds, system] = name.split(' ');
      return [
        `diverse, ${rounds} prompts a ranking`,
        system!,
        calls,
        records.length,
        gains.mean,
        '',
        renderInterval(gains, 4),
      ];
    });
}

/** Mean with a bootstrap interval over seeds; of a single seed the value itself. */
function estimateMean(
  values: readonly number[],
  name: string,
): { readonly mean: number; readonly low: number; readonly high: number } {
  if (values.length < 2) return { mean: values[0]!, low: values[0]!, high: values[0]! };
  return bootstrapMeanInterval(values, { random: createRandomStream('seeds').split(name) });
}

function computeGap(preset: GapPreset, worlds: readonly WorldSeed[], key: string): GapClosed | undefined {
  return computeGapClosed(listGains(worlds, key), createRandomStream('gap closed').split(preset).split(key));
}

const renderInterval = ({ low, high }: Pick<GapClosed, 'low' | 'high'>, digits = 2): string =>
  `${low.toFixed(digits)} to ${high.toFixed(digits)}`;

function splitKey(key: string): readonly [string, number] {
  const at = key.lastIndexOf(' ');
  return [key.slice(0, at), Number(key.slice(at + 1))];
}
