import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createJudgedTasks, type Dataset, readAtomicDataset } from '@rppkit/datasets';
import { openDataFile } from '@rppkit/datasets/node';
import { createRandomStream, type JudgedTask } from '@rppkit/spec';
import { parse } from 'csv-parse';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';
import { measureBestTime } from '../harness/measure-time.ts';
import { measureReadMemory } from '../processes/measure-read-memory.ts';

const million = 1_000_000;

const speedDatasets: DirectBench = defineBench({
  name: 'speed/datasets',
  purpose: 'Time and memory of reading interactions from disk, and time of making ranking tasks.',
  async run(context: BenchContext): Promise<BenchOutcome> {
    const folder = await mkdtemp(join(tmpdir(), 'rppkit-speed-'));
    try {
      return await measure(folder, context);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
});

export default speedDatasets;

async function measure(folder: string, { mode, log }: BenchContext): Promise<BenchOutcome> {
  const quick = mode === 'quick';
  const unit = quick ? million / 100 : million;
  const runs = quick ? 1 : 7;
  const seconds: number[] = [];
  const sizes = [1, 2, 4, 8];
  let csvParseSeconds = 0;
  let oneMegabytes = 0;
  for (const size of sizes) {
    log(`${size * unit} rows`);
    const path = await writeInteractions(folder, size * unit);
    seconds.push(await measureSeconds(runs, () => read(path, size * unit)));
    if (size === 1) {
      log('csv-parse');
      csvParseSeconds = await measureSeconds(quick ? 1 : 3, () => readIntoObjects(path));
      oneMegabytes = (await measureReadMemory(path)).megabytes;
    }
    await rm(path);
  }
  const named = await writeInteractions(folder, unit, { users: 'reader-', items: 'B00' });
  const namedSeconds = await measureSeconds(runs, () => read(named, unit));
  await rm(named);
  log(`${20 * unit} rows`);
  const largest = await writeInteractions(folder, 20 * unit);
  const { interactions, megabytes } = await measureReadMemory(largest);
  if (interactions !== 20 * unit) throw new Error(`Expected ${20 * unit} rows, received ${interactions}.`);
  const users = quick ? 1000 : 100_000;
  log(`tasks of ${users} users`);
  const dataset = createHistories(users);
  const everyone = Int32Array.from({ length: users }, (_, user) => user);
  const create = (): readonly JudgedTask[] =>
    createJudgedTasks(dataset, {
      users: everyone,
      target: 'test',
      candidates: 10,
      random: createRandomStream('tasks'),
    });
  const tasksSeconds = await measureSeconds(quick ? 1 : 3, async () => create());
  // A history is built when it is read for the first time.
  const historiesSeconds = await measureSeconds(quick ? 1 : 3, async () => readHistories(create()));
  const readSeconds = seconds[0]!;
  return {
    figures: {
      readSeconds,
      timesFasterThanCsvParse: csvParseSeconds / readSeconds,
      growth: seconds[3]! / 8 / readSeconds,
      readMegabytes: oneMegabytes,
      twentyMillionMegabytes: megabytes,
      tasksSeconds,
    },
    table: {
      columns: ['measurement', 'value', 'unit'],
      rows: [
        ...sizes.map((size, index) => [`${size * unit} rows of .inter into columns`, seconds[index]!, 's']),
        [`${unit} rows with ids such as reader-12 and B00345`, namedSeconds, 's'],
        [`${unit} rows by csv-parse into objects`, csvParseSeconds, 's'],
        [`largest memory of a process that reads ${unit} rows`, oneMegabytes, 'MB'],
        [`largest memory of a process that reads ${20 * unit} rows`, megabytes, 'MB'],
        [`tasks of ${users} users, 50 interactions each, 10 candidates of 20000 items`, tasksSeconds, 's'],
        ['the same, and every history read', historiesSeconds, 's'],
      ],
    },
  };
}

async function measureSeconds(runs: number, action: () => Promise<unknown>): Promise<number> {
  await action();
  return (await measureBestTime(runs, action)) / 1000;
}

async function read(path: string, rows: number): Promise<void> {
  const { log } = await readAtomicDataset({ inter: await openDataFile(path) });
  if (log.item.length !== rows) throw new Error(`Expected ${rows} rows, received ${log.item.length}.`);
}

async function readIntoObjects(path: string): Promise<void> {
  let rows = 0;
  for await (const _ of createReadStream(path).pipe(parse({ columns: true, delimiter: '\t', quote: null }))) rows++;
  if (rows === 0) throw new Error('Expected rows, received none.');
}

/**
 * An `.inter` file with ratings and times: 6,040 users a million rows, up to 27,000 items, low numbers more often. Ids are
 * numbers, as in MovieLens, behind a prefix if one is given.
 */
async function writeInteractions(folder: string, rows: number, prefix = { users: '', items: '' }): Promise<string> {
  const path = join(folder, `speed-${rows}.inter`);
  const users = Math.ceil((6040 * rows) / million);
  const file = await open(path, 'w');
  try {
    let chunk = 'user_id:token\titem_id:token\trating:float\ttimestamp:float\n';
    const next = createUniform();
    for (let row = 0; row < rows; row++) {
      const item = 1 + Math.floor(27_000 * next() * next());
      const rating = 1 + Math.floor(5 * next());
      const time = 950_000_000 + Math.floor(99_000_000 * next());
      const user = 1 + Math.floor(users * next());
      chunk += `${prefix.users}${user}\t${prefix.items}${item}\t${rating}\t${time}\n`;
      if (chunk.length < 1 << 20) continue;
      await file.write(chunk);
      chunk = '';
    }
    await file.write(chunk);
  } finally {
    await file.close();
  }
  return path;
}

function readHistories(tasks: readonly JudgedTask[]): number {
  let entries = 0;
  for (const { task } of tasks) entries += task.history.length;
  return entries;
}

/** A linear congruential generator: these rows need to be cheap, not random. */
function createUniform(): () => number {
  let state = 12345;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 4_294_967_296;
  };
}

/** 50 interactions a user, without repeats, in time order, over 20,000 items. */
function createHistories(users: number): Dataset {
  const length = 50;
  const items = 20_000;
  const random = createRandomStream('histories');
  const user = new Int32Array(users * length);
  const item = new Int32Array(users * length);
  const time = new Float64Array(users * length);
  for (let row = 0; row < user.length; row++) {
    const first = row % length === 0;
    user[row] = Math.floor(row / length);
    // A step of a fixed size from a random start never meets the same item twice within 50 steps.
    item[row] = first ? random.integer(items) : (item[row - 1]! + 397) % items;
    time[row] = 1_000_000_000 + row;
  }
  return {
    name: 'histories',
    order: 'timestamp',
    log: {
      users: Array.from({ length: users }, (_, index) => `u${index}`),
      items: Array.from({ length: items }, (_, index) => ({ id: `i${index}`, title: `Item ${index}` })),
      user,
      item,
      time,
    },
  };
}
