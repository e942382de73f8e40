import { readFileSync } from 'node:fs';
import { studentMeanInterval } from '@rppkit/metrics/statistics';
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
import { splitRowKey } from '../searchers/row-key.ts';
import { computeMean } from '../worlds/user-rewards.ts';
import { cardUsers, type GapPreset, readCardChoices } from '../worlds/world-card.ts';

const presets: readonly GapPreset[] = ['diverse', 'mild'];
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/** The others measure `diverse` alone, one prompt a ranking, and with most calls only the learner that is judged. */
const wholeSeeds: readonly number[] = [1, 2, 3, 4, 5];

/** In the order of the table. */
const rowGroups = ['rpp', 'actorCritics', 'values', 'validation'] as const;

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
  checkSeed: 6,
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
    const covered = whole && !quick ? presets : (['diverse'] as const);
    const groups = whole ? rowGroups : rowGroups.filter((rows) => rows !== 'validation');
    const jobs: (() => Promise<void>)[] = covered.flatMap((preset) =>
      groups.map((rows) => async () => void found.set(`${preset} ${rows}`, await measure(preset, rows))),
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
      Object.assign({}, ...groups.map((rows) => found.get(`${preset} ${rows}`)));
    return {
      learners: Object.fromEntries(covered.map((preset) => [preset, join(preset)])),
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
          ...presets.flatMap((preset) => (worlds[preset].length === 0 ? [] : listGapRows(preset, worlds[preset]))),
          ...listPairedRows(measured, worlds.diverse),
          ...listRoundsRows(measured),
        ],
      },
      note:
        'Gain: NDCG@10 over the best fixed prompt, on users who were never asked. Paired: share of the gap by which "rpp" leads a ' +
        'row, or itself without a part, with the interval of Student over seeds. Several prompts a ranking: gain over the best ' +
        'fixed prompt asked as often, answers aggregated by Borda.',
    };
  },
});

export default learningDiverse;

/** The rows of `learning/searchers` beside the learners', as far as it measured the same seeds. */
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
      if (records[seed] === undefined) {
        throw new Error(`Expected learning/searchers to have seed ${seed}; run pnpm bench learning/searchers --full.`);
      }
      return [{ seed, found: { ...own, ...records[seed].worlds[preset]?.found } }];
    });
  return { diverse: join('diverse'), mild: join('mild') };
}

function computeFigures(
  measured: readonly (readonly [string, SeedRecord])[],
  { diverse }: Readonly<Record<GapPreset, readonly WorldSeed[]>>,
): Figures {
  // A quick run has other budgets.
  const at = (calls: number): string =>
    [`rpp ${calls}`, `rpp ${quickProtocol.budgets[0]}`].find((key) => diverse[0]!.found[key] !== undefined)!;
  const [early, late] = [at(3000), at(30_000)].map((key) => computeGap('diverse', diverse, key)!);
  const gain = (key: string): number => computeMean(listGains(diverse, key).map((own) => own.gain));
  const rivals = listRivals(diverse).map(({ mean }) => mean);
  const fixed = fixedSearchers.map((name) => gain(`${name} 500`));
  return {
    gapAt3000: early!.share,
    gapAt30000: late!.share,
    halfWidth: Math.max(...[early!, late!].map(({ low, high }) => (high - low) / 2)),
    leadAt3000: Math.min(...rivals),
    overFixedAt500: gain(at(500)) - Math.max(...fixed),
    leastPart: Math.min(...listParts(measured).map(({ mean }) => mean)),
  };
}

/** A difference of shares of the gap, paired over seeds. */
interface PairedShare {
  readonly name: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** How far the learner for personal prompts leads each other row after 3,000 calls. */
function listRivals(worlds: readonly WorldSeed[]): readonly PairedShare[] {
  const own = (key: string): boolean => key.startsWith('rpp');
  const keys = Object.keys(worlds[0]!.found).filter((key) => key.endsWith(' 3000') && !own(key));
  const whole = worlds.map(({ found }) => found['rpp 3000'] ?? found[`rpp ${quickProtocol.budgets[0]}`]!);
  return keys.map((key) => comparePaired(key, whole, listGains(worlds, key)));
}

function comparePaired(name: string, left: readonly SeedGains[], right: readonly SeedGains[]): PairedShare {
  const headroom = computeMean(left.map((own) => own.headroom));
  const differences = left.map((own, index) => (own.gain - right[index]!.gain) / headroom);
  return { name, ...estimateMean(differences) };
}

function listGapRows(preset: GapPreset, worlds: readonly WorldSeed[]): (string | number)[][] {
  const rows = Object.keys(worlds[0]!.found).map((key): (string | number)[] => {
    const [name, calls] = splitRowKey(key);
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

/** What each part of the learner brings. */
function listParts(measured: readonly (readonly [string, SeedRecord])[]): readonly PairedShare[] {
  const keys = Object.keys(measured[0]![1].ablations);
  return keys.map((key) => {
    const whole = measured.map(([, { learners }]) => learners.diverse[`rpp ${splitRowKey(key)[1]}`]!);
    return comparePaired(
      key,
      whole,
      measured.map(([, { ablations }]) => ablations[key]!),
    );
  });
}

function listPairedRows(
  measured: readonly (readonly [string, SeedRecord])[],
  diverse: readonly WorldSeed[],
): (string | number)[][] {
  return [...listRivals(diverse), ...listParts(measured)].map((part) => {
    const [name, calls] = splitRowKey(part.name);
    return ['diverse, paired', `rpp less ${name}`, calls, measured.length, '', part.mean, renderInterval(part)];
  });
}

function listRoundsRows(measured: readonly (readonly [string, SeedRecord])[]): (string | number)[][] {
  const records = measured.flatMap(([, { rounds }]) => (rounds === undefined ? [] : [rounds]));
  return Object.keys(records[0]!)
    .filter((key) => !key.includes('best fixed'))
    .map((key) => {
      const [name, calls] = splitRowKey(key);
      const fixed = `${name.split(' ')[0]} best fixed 0`;
      const gains = estimateMean(records.map((record) => record[key]! - record[fixed]!));
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

/** Mean with Student's interval over seeds; of a single seed the value itself. */
function estimateMean(values: readonly number[]): {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
} {
  if (values.length < 2) return { mean: values[0]!, low: values[0]!, high: values[0]! };
  return studentMeanInterval(values);
}

function computeGap(preset: GapPreset, worlds: readonly WorldSeed[], key: string): GapClosed | undefined {
  return computeGapClosed(listGains(worlds, key), createRandomStream('gap closed').split(preset).split(key));
}

const renderInterval = ({ low, high }: Pick<GapClosed, 'low' | 'high'>, digits = 2): string =>
  `${low.toFixed(digits)} to ${high.toFixed(digits)}`;
