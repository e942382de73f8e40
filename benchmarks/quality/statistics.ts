import { ndcg, rankByScores } from '@rppkit/metrics';
import {
  bootstrapMeanInterval,
  bootstrapTwoLevelInterval,
  pairedRandomizationTest,
  pairedTTest,
  type TwoLevelDesign,
  wilcoxonSignedRankTest,
} from '@rppkit/metrics/statistics';
import { createRandomStream, type RandomStream, sampleIndex } from '@rppkit/spec';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';

const seed = 1;
const candidates = 10;
const sampleSizes = [50, 200] as const;

type PValue = (a: Float64Array, b: Float64Array, random: RandomStream) => number;

const tests: readonly (readonly [figure: string, title: string, PValue])[] = [
  ['student', 'paired t test', (a, b) => pairedTTest(a, b).pValue],
  ['wilcoxon', 'Wilcoxon, zeros left out', (a, b) => wilcoxonSignedRankTest(a, b, { zeroRule: 'wilcoxon' }).pValue],
  ['pratt', 'Wilcoxon, zeros ranked as by Pratt', (a, b) => wilcoxonSignedRankTest(a, b, { zeroRule: 'pratt' }).pValue],
  [
    'randomization',
    'randomisation, 10,000 permutations',
    (a, b, random) => pairedRandomizationTest(a, b, { random }).pValue,
  ],
];

const qualityStatistics: DirectBench = defineBench({
  name: 'quality/statistics',
  purpose:
    'Rejections of paired tests between two equal rankers, and coverage of BCa intervals on skewed NDCG and of two-level intervals.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const repetitions = mode === 'quick' ? 100 : 2000;
    const figures: Record<string, number> = {};
    const rows: (string | number)[][] = [];
    for (const users of sampleSizes) {
      log(`${repetitions} pairs of equal rankers, ${users} users`);
      const random = createRandomStream(seed).split(`equal rankers, ${users} users`);
      const { rejections, zeros } = countRejections(random, users, repetitions);
      tests.forEach(([figure, title], index) => {
        const percent = (100 * rejections[index]!) / repetitions;
        // 5 % of 2,000 is 100; the bound [76, 126] has its middle at 101.
        figures[`${figure}${users}`] = Math.abs((rejections[index]! * 2000) / repetitions - 101);
        rows.push([`rejections at 5 %: ${title}`, users, rejections[index]!, percent]);
      });
      rows.push([
        'users with equal values, mean of the pairs',
        users,
        zeros / repetitions,
        (100 * zeros) / repetitions / users,
      ]);
    }
    for (const users of sampleSizes) {
      log(`coverage of ${repetitions} intervals, ${users} users`);
      const random = createRandomStream(seed).split(`coverage, ${users} users`);
      const covered = countCovered(random, users, repetitions);
      const percent = (100 * covered) / repetitions;
      if (users === 200) figures['coverage200'] = Math.abs(percent - 95);
      rows.push(['BCa 95 % intervals that hold the mean', users, covered, percent]);
    }
    for (const design of ['crossed', 'nested'] as const) {
      for (const [figure, title, variation] of variations) {
        const intervals = repetitions / 2;
        log(`coverage of ${intervals} two-level intervals, ${design}, ${title}`);
        const random = createRandomStream(seed).split(`two levels, ${design}, ${figure}`);
        const covered = countTwoLevelCovered(random, design, variation, intervals);
        figures[`${design}${figure}`] = (100 * covered) / intervals;
        rows.push([
          `two-level 95 % intervals of ${seeds} seeds that hold the mean: ${design}, ${title} (of ${intervals})`,
          seedUsers,
          covered,
          (100 * covered) / intervals,
        ]);
      }
    }
    return { figures, table: { columns: ['measurement', 'users', `count of ${repetitions}`, '%'], rows } };
  },
});

export default qualityStatistics;

/** For each test, how often it rejects at 5 % although both rankers score alike; and how many users have equal values. */
function countRejections(
  random: RandomStream,
  users: number,
  repetitions: number,
): { readonly rejections: readonly number[]; readonly zeros: number } {
  const rejections = tests.map(() => 0);
  let zeros = 0;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const stream = random.split(repetition);
    const a = new Float64Array(users);
    const b = new Float64Array(users);
    for (let user = 0; user < users; user++) {
      // Both rankers see the same user, so that their values are correlated, as in a real comparison.
      const ease = stream.normal();
      a[user] = sampleNdcg(stream, ease);
      b[user] = sampleNdcg(stream, ease);
      if (a[user] === b[user]) zeros++;
    }
    tests.forEach(([figure, , computePValue], index) => {
      if (computePValue(a, b, stream.split(figure)) <= 0.05) rejections[index]!++;
    });
  }
  return { rejections, zeros };
}

const gains = Uint8Array.from({ length: candidates }, (_, item) => (item === 0 ? 1 : 0));

/** NDCG@10 of one relevant item among ten, ranked by coarse scores whose ties count as their expectation. */
function sampleNdcg(random: RandomStream, ease: number): number {
  const scores = Array.from(gains, (gain) => Math.round(random.normal() + gain * ease));
  return ndcg(rankByScores(scores), gains, candidates);
}

/** Chances of a user's rank 1 … 10, and of a relevant item beyond rank 10. */
const rankWeights = [0.12, 0.06, 0.04, 0.03, 0.02, 0.02, 0.02, 0.01, 0.01, 0.01, 0.66] as const;
const rankValues: readonly number[] = rankWeights.map((_, index) =>
  index < candidates ? 1 / Math.log2(index + 2) : 0,
);

/** How often the interval holds the true mean of NDCG@10 over many candidates: two thirds of the users have 0. */
function countCovered(random: RandomStream, users: number, repetitions: number): number {
  const truth = rankWeights.reduce((sum, weight, index) => sum + weight * rankValues[index]!, 0);
  let covered = 0;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const stream = random.split(repetition);
    const values = Float64Array.from({ length: users }, () => rankValues[sampleIndex(stream, rankWeights)]!);
    const { low, high } = bootstrapMeanInterval(values, { random: stream.split('bootstrap') });
    if (low <= truth && truth <= high) covered++;
  }
  return covered;
}

const seeds = 5;
const seedUsers = 200;

/** Standard deviations of what makes up one value; in the nested design, users of their own are noise. */
interface Variation {
  readonly ofSeeds: number;
  readonly ofUsers: number;
  readonly noise: number;
}

/** `Effects`: users dominate, and five seeds add about as much to the variance of the mean as the noise does. */
const variations: readonly (readonly [figure: string, title: string, Variation])[] = [
  ['Noise', 'noise alone', { ofSeeds: 0, ofUsers: 0, noise: 0.2 }],
  ['Effects', 'effects of users and seeds', { ofSeeds: 0.015, ofUsers: 0.25, noise: 0.2 }],
  ['Seeds', 'effects of seeds alone', { ofSeeds: 0.1, ofUsers: 0, noise: 0.02 }],
];

/** How often the interval holds 0, the true mean over seeds and users. */
function countTwoLevelCovered(
  random: RandomStream,
  design: TwoLevelDesign,
  { ofSeeds, ofUsers, noise }: Variation,
  repetitions: number,
): number {
  let covered = 0;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const stream = random.split(repetition);
    const drawUsers = (): Float64Array => Float64Array.from({ length: seedUsers }, () => ofUsers * stream.normal());
    const shared = drawUsers();
    const values = Array.from({ length: seeds }, () => {
      const seedEffect = ofSeeds * stream.normal();
      const users = design === 'crossed' ? shared : drawUsers();
      return users.map((userEffect) => seedEffect + userEffect + noise * stream.normal());
    });
    const options = { random: stream.split('bootstrap'), design, resamples: 500 };
    const { low, high } = bootstrapTwoLevelInterval(values, options);
    if (low <= 0 && 0 <= high) covered++;
  }
  return covered;
}
