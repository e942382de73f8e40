import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';
import { runInProcess } from '../processes/run-in-process.ts';
import type { LookInWorldOptions, LookRecord } from '../worlds/look-for-headroom.ts';
import type { MeasureTableVerdictOptions, TableVerdictRecord } from '../worlds/measure-table-verdict.ts';

const seeds = Array.from({ length: 100 }, (_, index) => index + 1);
const calls = 3000;
const worlds = Array.from({ length: 10 }, (_, index) => index + 1);
/** The agreed null control: ten splits of ten worlds' users, a seeded sample of 100 prompts a table. */
const table = { users: 200, prompts: 100, splits: 10 } as const;

const qualityHeadroom: DirectBench = defineBench({
  name: 'quality/headroom',
  purpose:
    'How often the cheap look and the verdict of a table are right, in worlds with and without personal prompts.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const quick = mode === 'quick';
    const look = (preset: LookInWorldOptions['preset']): Promise<readonly LookRecord[]> => {
      const options = (quick ? [1, 2] : seeds).map((seed) => ({ preset, seed, calls: quick ? 500 : calls }));
      return runInProcess<readonly LookRecord[]>('look-for-headroom.ts', [JSON.stringify(options)]);
    };
    const judge = (preset: MeasureTableVerdictOptions['preset']): Promise<readonly TableVerdictRecord[]> => {
      const own = quick ? { users: 40, prompts: 10, splits: 2 } : table;
      const options = (quick ? [1] : worlds).map((seed) => ({ ...own, preset, seed }));
      return runInProcess<readonly TableVerdictRecord[]>('measure-table-verdict.ts', [JSON.stringify(options)]);
    };
    log('looks');
    const [diverse, none] = await Promise.all([look('diverse'), look('null')]);
    log('verdicts');
    const [diverseTables, nullTables] = await Promise.all([judge('diverse'), judge('null')]);
    return {
      figures: {
        diverseWorthTraining: countWorth(diverse),
        nullWorthTraining: countWorth(none),
        nullPays: sum(nullTables, ({ pays }) => pays),
      },
      table: {
        columns: [
          'world',
          'measurement',
          'of',
          'worth training or pays',
          'too small',
          'undecided',
          'mean headroom',
          'mean p',
        ],
        rows: [
          summarizeLooks('diverse', diverse),
          summarizeLooks('null', none),
          summarizeTables('diverse', diverseTables),
          summarizeTables('null', nullTables),
        ],
      },
    };
  },
});

export default qualityHeadroom;

const sum = <Record>(records: readonly Record[], read: (record: Record) => number): number =>
  records.reduce((total, record) => total + read(record), 0);

const countWorth = (looks: readonly LookRecord[]): number => sum(looks, ({ worthTraining }) => Number(worthTraining));

function summarizeLooks(world: string, looks: readonly LookRecord[]): (string | number)[] {
  const estimate = sum(looks, (look) => look.estimate) / looks.length;
  const p = sum(looks, (look) => look.p) / looks.length;
  return [world, `cheap look, ${calls} calls`, looks.length, countWorth(looks), '', '', estimate, p];
}

function summarizeTables(world: string, tables: readonly TableVerdictRecord[]): (string | number)[] {
  const count = (read: (record: TableVerdictRecord) => number): number => sum(tables, read);
  const verdicts = count(({ pays, tooSmall, undecided }) => pays + tooSmall + undecided);
  return [
    world,
    `verdict of ${table.users} users x ${table.prompts} prompts x 4 orders`,
    verdicts,
    count(({ pays }) => pays),
    count(({ tooSmall }) => tooSmall),
    count(({ undecided }) => undecided),
    count(({ headroom }) => headroom) / tables.length,
    count(({ p }) => p) / tables.length,
  ];
}
