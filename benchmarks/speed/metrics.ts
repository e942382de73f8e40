import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { evaluate, type UserRankings, type UserRelevance } from '@rppkit/metrics';
import { type ArrayRankings, evaluateArrays } from '@rppkit/metrics/arrays';
import { pairedRandomizationTest } from '@rppkit/metrics/statistics';
import { createRandomStream, type RandomStream } from '@rppkit/spec';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';
import { measureBestTime } from '../harness/measure-time.ts';

const depth = 100;
const relevantPerUser = 5;
/** A prime, so that every step but 0 runs through distinct items. */
const items = 10_007;

const speedMetrics: DirectBench = defineBench({
  name: 'speed/metrics',
  purpose: 'Metrics of many users on one thread, the randomisation test, and the size of each entry point.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const quick = mode === 'quick';
    const users = quick ? 1_000 : 100_000;
    const runs = quick ? 1 : 7;
    log(`${users} users`);
    const arrays = sampleRankings(createRandomStream('rankings'), users);
    const ndcgSeconds = await measureSeconds(runs, () => evaluateArrays(arrays, ['ndcg@10']));
    const recallSeconds = await measureSeconds(runs, () => evaluateArrays(arrays, ['recall@100']));
    const { rankings, relevance } = nameItems(arrays);
    const objectsSeconds = await measureSeconds(runs, () => evaluate(rankings, relevance, ['ndcg@10']));
    assertEqualMeans(arrays, rankings, relevance);
    log('randomisation test');
    const testedUsers = quick ? 100 : 10_000;
    const permutationsSeconds = await measurePermutations(testedUsers, quick ? 1 : 3);
    log('sizes');
    const sizes = await measureSizes();
    return {
      figures: {
        ndcgSeconds,
        recallSeconds,
        objectsSeconds,
        permutationsSeconds,
        accuracyKilobytes: sizes['@rppkit/metrics']!,
        statisticsKilobytes: sizes['@rppkit/metrics/statistics']!,
        reportKilobytes: sizes['@rppkit/metrics/report']!,
      },
      table: {
        columns: ['measurement', 'value', 'unit'],
        rows: [
          [`NDCG@10 of ${users} users x ${depth} ranked, ${relevantPerUser} relevant, typed arrays`, ndcgSeconds, 's'],
          ['recall@100 of the same', recallSeconds, 's'],
          [`NDCG@10 of the same from objects, ${items} item names`, objectsSeconds, 's'],
          [`10000 random sign patterns over ${testedUsers} users`, permutationsSeconds, 's'],
          ...Object.entries(sizes).map(([entry, kilobytes]) => [`${entry}, minified and gzipped`, kilobytes, 'kB']),
        ],
      },
    };
  },
});

export default speedMetrics;

/** The best of several runs after two that let the code be compiled. */
async function measureSeconds(runs: number, action: () => unknown): Promise<number> {
  action();
  action();
  return (await measureBestTime(runs, async () => action())) / 1000;
}

/** Rankings that step through the catalogue; about half of the relevant items are ranked, mostly high. */
function sampleRankings(random: RandomStream, users: number): ArrayRankings {
  const ranked = new Int32Array(users * depth);
  const relevant = new Int32Array(users * relevantPerUser);
  for (let user = 0; user < users; user++) {
    const first = random.integer(items);
    const step = 1 + random.integer(items - 1);
    for (let rank = 0; rank < depth; rank++) ranked[user * depth + rank] = (first + rank * step) % items;
    const liked = new Set<number>();
    while (liked.size < relevantPerUser) {
      const rank =
        random.integer(2) === 0 ? random.integer(1 + random.integer(depth)) : depth + random.integer(items - depth);
      liked.add((first + rank * step) % items);
    }
    relevant.set([...liked], user * relevantPerUser);
  }
  const offsets = Int32Array.from({ length: users + 1 }, (_, user) => user * relevantPerUser);
  return { ranked, depth, relevant, offsets, items };
}

/** The same rankings as lists of item names and records of gains. */
function nameItems({ ranked, relevant, offsets }: ArrayRankings): {
  readonly rankings: UserRankings;
  readonly relevance: UserRelevance;
} {
  const names = Array.from({ length: items }, (_, item) => `item-${item}`);
  const rankings: Record<string, readonly string[]> = {};
  const relevance: Record<string, Readonly<Record<string, number>>> = {};
  for (let user = 0; user < offsets.length - 1; user++) {
    const row = ranked.subarray(user * depth, (user + 1) * depth);
    rankings[`user-${user}`] = Array.from(row, (item) => names[item]!);
    const liked = relevant.subarray(offsets[user], offsets[user + 1]);
    relevance[`user-${user}`] = Object.fromEntries(Array.from(liked, (item) => [names[item]!, 1]));
  }
  return { rankings, relevance };
}

/** Two paths that disagree would make their times meaningless. */
function assertEqualMeans(arrays: ArrayRankings, rankings: UserRankings, relevance: UserRelevance): void {
  const labels = ['ndcg@10', 'recall@100'];
  const first = evaluateArrays(arrays, labels).means;
  const second = evaluate(rankings, relevance, labels).means;
  if (labels.some((label) => first[label] !== second[label])) throw new Error('Expected both paths to give one mean.');
}

async function measurePermutations(users: number, runs: number): Promise<number> {
  const random = createRandomStream('systems');
  const first = Float64Array.from({ length: users }, () => random.uniform());
  const second = Float64Array.from({ length: users }, () => random.uniform());
  return measureSeconds(runs, () => {
    return pairedRandomizationTest(first, second, { random: createRandomStream('signs'), permutations: 10_000 });
  });
}

interface Bundler {
  build(options: object): Promise<{ readonly outputFiles: readonly { readonly contents: Uint8Array }[] }>;
}

/**
 * The size of each entry point with all that it imports, in units of 1,000 bytes. Bundled for a browser, where an import
 * of one of Node's own modules fails.
 */
async function measureSizes(): Promise<Readonly<Record<string, number>>> {
  const require = createRequire(import.meta.url);
  // The runner of the benches brings the bundler along.
  const { build } = createRequire(require.resolve('tsx'))('esbuild') as Bundler;
  const manifest = require('@rppkit/metrics/package.json') as { readonly exports: Readonly<Record<string, unknown>> };
  const sizes: Record<string, number> = {};
  for (const subpath of Object.keys(manifest.exports)) {
    if (subpath === './package.json') continue;
    const entry = `@rppkit/metrics${subpath.slice(1)}`;
    const { outputFiles } = await build({
      stdin: { contents: `export * from '${entry}';`, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      conditions: ['rppkit-source'],
    });
    sizes[entry] = gzipSync(outputFiles[0]!.contents, { level: 9 }).length / 1000;
  }
  return sizes;
}
