import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';
import type { MeasureNullTableOptions, NullRecord } from '../learners/measure-null-table.ts';
import { runInProcess } from '../processes/run-in-process.ts';

const worlds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/** 100 prompts a table, as 2 x 5 x 5 x 2 expressions, so that the patterns keep their agents. */
const table = { users: 400, expressions: [2, 5, 5, 2], splits: 10, calls: 3000 } as const;
const quickTable = { users: 40, expressions: [1, 2, 2, 1], splits: 1, calls: 100 } as const;

const learningNull: DirectBench = defineBench({
  name: 'learning/null',
  purpose: 'How often a trained policy looks better than the best fixed prompt where nothing depends on the user.',
  async run({ mode }: BenchContext): Promise<BenchOutcome> {
    const quick = mode === 'quick';
    const measure = (seeds: readonly number[]): Promise<readonly NullRecord[]> => {
      const options = seeds.map((seed): Omit<MeasureNullTableOptions, 'log'> => {
        return { ...(quick ? quickTable : table), preset: 'null', seed };
      });
      return runInProcess<readonly NullRecord[]>('measure-null-table.ts', [JSON.stringify(options)]);
    };
    const halves = quick ? [[1], [2]] : [worlds.slice(0, 5), worlds.slice(5)];
    const records = (await Promise.all(halves.map(measure))).flat();
    const total = (name: string, read: 'rejections' | 'pays' | 'gain'): number =>
      records.reduce((sum, record) => sum + record[name]![read], 0);
    const names = Object.keys(records[0]!);
    const splits = records.length * (quick ? quickTable : table).splits;
    return {
      figures: {
        rejections: total('rpp', 'rejections'),
        pays: total('rpp', 'pays'),
        mostRejections: Math.max(...names.map((name) => total(name, 'rejections'))),
      },
      table: {
        columns: ['system', 'splits', 'rejections at .05', 'pays', 'mean gain over the best fixed prompt'],
        rows: names.map((name) => [
          name,
          splits,
          total(name, 'rejections'),
          total(name, 'pays'),
          total(name, 'gain') / records.length,
        ]),
      },
    };
  },
});

export default learningNull;
