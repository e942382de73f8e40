import { addPair, judge, noPairs, type TestVerdict } from '@rppkit/refiner';
import { createRandomStream, type RandomStream } from '@rppkit/spec';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';

const seed = 1;
const targetLineages = 400;
const gains = [0, -0.05, 0.05, 0.02, -0.02] as const;
const deviations = [0.2, 0.25, 0.3] as const;

/** Draws one difference, child less parent. */
type DrawDifference = (random: RandomStream) => number;

/** How paired differences of a true mean and standard deviation are distributed. */
const kinds: readonly (readonly [title: string, create: (gain: number, deviation: number) => DrawDifference])[] = [
  ['normal', (gain, deviation) => (random) => gain + deviation * random.normal()],
  ['NDCG, rare large gains', (gain, deviation) => createRankDifference(gain, deviation, 1)],
  ['NDCG, rare large losses', (gain, deviation) => createRankDifference(gain, deviation, -1)],
];

const qualityPromotion: DirectBench = defineBench({
  name: 'quality/promotion',
  purpose:
    'Verdicts of the sequential paired test on simulated children that are equal, worse or better than their parent.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const lineages = mode === 'quick' ? 20 : targetLineages;
    const random = createRandomStream(seed).split('promotion');
    const rows: (string | number)[][] = [];
    let equalPromoted = 0;
    let worseRetired = 1;
    let betterPromoted = 1;
    for (const gain of gains) {
      log(`${lineages} lineages of gain ${gain}, ${kinds.length * deviations.length} times`);
      for (const [kind, create] of kinds) {
        for (const deviation of deviations) {
          const stream = random.split(`${kind}, gain ${gain}, deviation ${deviation}`);
          const { counts, pairs } = countVerdicts(create(gain, deviation), stream, lineages);
          if (gain === 0) equalPromoted = Math.max(equalPromoted, (counts.promoted * targetLineages) / lineages);
          if (gain === -0.05) worseRetired = Math.min(worseRetired, counts.retired / lineages);
          if (gain === 0.05) betterPromoted = Math.min(betterPromoted, counts.promoted / lineages);
          rows.push([gain, deviation, kind, counts.promoted, counts.retired, counts.undecided, pairs / lineages]);
        }
      }
    }
    return {
      figures: { equalPromoted, worseRetired, betterPromoted },
      table: {
        columns: ['gain', 'deviation', 'differences', 'promoted', 'retired', 'undecided', 'pairs, mean'],
        rows,
      },
      note:
        `Counts of ${lineages} lineages with the defaults of the test (alpha 0.05, one live child). Gain and deviation ` +
        'are the true mean and standard deviation of a paired difference. NDCG: differences of NDCG@10 of one relevant item ' +
        'among ten; most are 0. Each figure is the worst over deviations and kinds.',
    };
  },
});

export default qualityPromotion;

/** Follows each lineage until its test is over. */
function countVerdicts(
  drawDifference: DrawDifference,
  random: RandomStream,
  lineages: number,
): { readonly counts: Readonly<Record<TestVerdict, number>>; readonly pairs: number } {
  const counts: Record<TestVerdict, number> = { open: 0, promoted: 0, retired: 0, undecided: 0 };
  let pairs = 0;
  for (let lineage = 0; lineage < lineages; lineage++) {
    const stream = random.split(lineage);
    let statistics = noPairs;
    let verdict: TestVerdict = 'open';
    while (verdict === 'open') {
      statistics = addPair(statistics, drawDifference(stream));
      verdict = judge(statistics);
    }
    counts[verdict]++;
    pairs += statistics.pairs;
  }
  return { counts, pairs };
}

/** Ranks of the relevant item, before and after: rare moves from the end to the top, frequent ones two ranks down. */
const largeMoves = [8, 9, 10].map((rank) => computeNdcg(1) - computeNdcg(rank));
const smallMoves = [1, 2, 3].map((rank) => computeNdcg(rank + 2) - computeNdcg(rank));

/**
 * Differences of NDCG@10 between two rankings of one relevant item among ten: a large move, a small one the other way, or,
 * mostly, 0. `sign` 1: large moves are gains; -1: they are losses. How often each occurs follows from mean and deviation.
 */
function createRankDifference(gain: number, deviation: number, sign: 1 | -1): DrawDifference {
  const large = largeMoves.map((move) => sign * move);
  const small = smallMoves.map((move) => sign * move);
  // Chances p and q of the moves solve: mean = p E[large] + q E[small], mean square = p E[large^2] + q E[small^2].
  const square = deviation ** 2 + gain ** 2;
  const largeSquare = computeMean(large.map((move) => move ** 2));
  const smallSquare = computeMean(small.map((move) => move ** 2));
  const determinant = computeMean(large) * smallSquare - computeMean(small) * largeSquare;
  const largeChance = (gain * smallSquare - computeMean(small) * square) / determinant;
  const smallChance = (computeMean(large) * square - gain * largeSquare) / determinant;
  if (!(largeChance >= 0 && smallChance >= 0 && largeChance + smallChance <= 1)) {
    throw new Error(`Expected chances for gain ${gain}, deviation ${deviation}; got ${largeChance}, ${smallChance}.`);
  }
  return (random) => {
    const draw = random.uniform();
    if (draw < largeChance) return large[random.integer(large.length)]!;
    return draw < largeChance + smallChance ? small[random.integer(small.length)]! : 0;
  };
}

/** NDCG@10 of one relevant item at this rank, from 1. */
function computeNdcg(rank: number): number {
  return 1 / Math.log2(rank + 1);
}

function computeMean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
