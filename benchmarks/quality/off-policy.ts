import {
  computeSelfNormalized,
  createRidgeFit,
  evaluateOffPolicy,
  type OffPolicyEstimate,
  type RewardPredictor,
} from '@rppkit/search';
import { createRandomStream, type RandomStream } from '@rppkit/spec';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';
import { actionCounts, createSlateProblem, type SlateProblem } from '../off-policy/slate-problem.ts';

const seed = 1;
const interaction = 0.02;
/** Rows of a log whose effective sample size is about 150 or 50. */
const manyRows = 600;
const fewRows = 200;
/** For the bias of SNIPS, which is of order 1 / rows. */
const biasRows = 50;

const estimators = [
  ['ips', 'IPS'],
  ['snips', 'self-normalised IPS'],
  ['direct', 'direct method, ridge'],
  ['doublyRobust', 'doubly robust, ridge'],
  ['doublyRobustWrong', 'doubly robust, wrong reward model'],
  ['pseudoInverse', 'slate pseudo-inverse'],
] as const;
type Estimator = (typeof estimators)[number][0];
type Estimates = Readonly<Record<Estimator, OffPolicyEstimate>>;

const qualityOffPolicy: DirectBench = defineBench({
  name: 'quality/off-policy',
  purpose:
    'Error and coverage of off-policy estimators on synthetic logs of four slots whose true values are known, rewards additive or with interactions.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const logs = mode === 'quick' ? 20 : 200;
    const biasLogs = mode === 'quick' ? 200 : 4000;
    const additive = createSlateProblem(seed, 0);
    const interacting = createSlateProblem(seed, interaction);
    const rows: (string | number)[][] = [];
    const measure = (title: string, problem: SlateProblem, size: number): Summaries => {
      log(`${logs} logs of ${size} rows, ${title}`);
      const random = createRandomStream(seed).split(`${title}, ${size} rows`);
      const summaries = summarize(problem, estimate(problem, random, logs, size));
      for (const [name, label] of estimators) {
        const { bias, biasError, rmse, trusted, covered, effective } = summaries[name];
        rows.push([title, size, label, bias, biasError, rmse, effective, trusted, covered]);
      }
      return summaries;
    };
    const sums = measure('additive', additive, manyRows);
    const pairs = measure('with interactions', interacting, manyRows);
    const few = measure('additive', additive, fewRows);

    log(`bias of self-normalised IPS over ${biasLogs} logs`);
    const shorter = measureSnipsBias(additive, biasRows, biasLogs);
    const longer = measureSnipsBias(additive, 4 * biasRows, biasLogs);
    for (const [size, { bias, error }] of [
      [biasRows, shorter],
      [4 * biasRows, longer],
    ] as const) {
      rows.push(['additive', size, `self-normalised IPS, ${biasLogs} logs`, bias, error, '', '', '', '']);
    }
    for (const [title, problem] of [
      ['additive', additive],
      ['with interactions', interacting],
    ] as const) {
      rows.push([title, 'any', 'slate pseudo-inverse, exact bias', problem.pseudoInverseBias, 0, '', '', '', '']);
    }
    const ratio = Math.abs(longer.bias / shorter.bias);
    const inErrors = ({ bias, biasError }: Summary): number => Math.abs(bias) / biasError;
    const shareOf200 = ({ trusted, covered }: Summary): number => (200 * covered) / trusted;
    const figures = {
      ipsMeanError: inErrors(sums.ips),
      ipsMeanErrorInteractions: inErrors(pairs.ips),
      doublyRobustMeanError: inErrors(sums.doublyRobust),
      doublyRobustMeanErrorInteractions: inErrors(pairs.doublyRobust),
      doublyRobustWrongMeanError: inErrors(sums.doublyRobustWrong),
      doublyRobustWrongMeanErrorInteractions: inErrors(pairs.doublyRobustWrong),
      doublyRobustRmseOfIps: sums.doublyRobust.rmse / sums.ips.rmse,
      snipsBiasRatio: ratio,
      // Two standard errors above the ratio, by the delta method.
      snipsBiasRatioHigh: ratio * (1 + 2 * Math.hypot(longer.error / longer.bias, shorter.error / shorter.bias)),
      snipsRmseOfIps: sums.snips.rmse / sums.ips.rmse,
      pseudoInverseRmseOfIps: sums.pseudoInverse.rmse / sums.ips.rmse,
      pseudoInverseBiasInteractions: inErrors(pairs.pseudoInverse),
      ipsCovered: shareOf200(sums.ips),
      ipsCoveredInteractions: shareOf200(pairs.ips),
      snipsCovered: shareOf200(sums.snips),
      snipsCoveredInteractions: shareOf200(pairs.snips),
      doublyRobustCovered: shareOf200(sums.doublyRobust),
      doublyRobustCoveredInteractions: shareOf200(pairs.doublyRobust),
      doublyRobustWrongCovered: shareOf200(sums.doublyRobustWrong),
      doublyRobustWrongCoveredInteractions: shareOf200(pairs.doublyRobustWrong),
      pseudoInverseCovered: shareOf200(sums.pseudoInverse),
      trustedLogs: sums.ips.trusted,
      unflaggedLowSamples: sums.ips.unflagged + pairs.ips.unflagged + few.ips.unflagged,
    };
    const columns = [
      'reward',
      'rows',
      'estimator',
      'mean error',
      'its standard error',
      'RMSE',
      'effective sample size',
      'logs at 100 or more',
      'of these covered',
    ];
    return { figures, table: { columns, rows } };
  },
});

export default qualityOffPolicy;

function estimate(problem: SlateProblem, random: RandomStream, logs: number, rows: number): readonly Estimates[] {
  const { target, observations, observationSize } = problem;
  const fit = createRidgeFit({ actionCounts, observations, observationSize });
  // The worse a prompt is, the more it promises.
  const inverted = new Map<number, Float64Array>();
  const wrong: RewardPredictor = {
    predictJoint(context) {
      const known = inverted.get(context) ?? problem.computeRewards(context).map((reward) => 1.5 - 2 * reward);
      inverted.set(context, known);
      return known;
    },
  };
  return Array.from({ length: logs }, (_, number) => {
    const stream = random.split(number);
    const log = problem.sampleLog(stream.split('log'), rows);
    const folds = stream.split('folds');
    const [ips, snips, direct, doublyRobust, pseudoInverse] = evaluateOffPolicy(log, target, {
      estimators: ['ips', 'snips', 'direct', 'doubly-robust', 'pseudo-inverse'],
      rewards: { fit, random: folds },
    }).estimates;
    const [doublyRobustWrong] = evaluateOffPolicy(log, target, {
      estimators: ['doubly-robust'],
      rewards: { fit: () => wrong, random: folds },
    }).estimates;
    return {
      ips: ips!,
      snips: snips!,
      direct: direct!,
      doublyRobust: doublyRobust!,
      doublyRobustWrong: doublyRobustWrong!,
      pseudoInverse: pseudoInverse!,
    };
  });
}

interface Summary {
  /** Mean error over the logs. */
  readonly bias: number;
  /** Its standard error. */
  readonly biasError: number;
  readonly rmse: number;
  /** Mean effective sample size. */
  readonly effective: number;
  /** Logs with an effective sample size of at least 100. */
  readonly trusted: number;
  /** Intervals of these that hold the value. */
  readonly covered: number;
  /** Logs below 100 without a flag. */
  readonly unflagged: number;
}
type Summaries = Readonly<Record<Estimator, Summary>>;

function summarize({ value }: SlateProblem, all: readonly Estimates[]): Summaries {
  const summarizeOne = (name: Estimator): Summary => {
    const own = all.map((estimates) => estimates[name]);
    const { mean, error } = computeMean(own.map((one) => one.estimate - value));
    const trusted = own.filter(({ effectiveSampleSize }) => effectiveSampleSize >= 100);
    return {
      bias: mean,
      biasError: error,
      rmse: Math.sqrt(computeMean(own.map((one) => (one.estimate - value) ** 2)).mean),
      effective: computeMean(own.map(({ effectiveSampleSize }) => effectiveSampleSize)).mean,
      trusted: trusted.length,
      covered: trusted.filter(({ low, high }) => low <= value && value <= high).length,
      unflagged: own.filter(
        ({ effectiveSampleSize, flags }) => effectiveSampleSize < 100 && !flags.includes('low-effective-sample-size'),
      ).length,
    };
  };
  return Object.fromEntries(estimators.map(([name]) => [name, summarizeOne(name)])) as Summaries;
}

/**
 * The bias is far smaller than the error of one log. With W the mean weight and Z the mean of w (r - value), the error of
 * SNIPS is Z / W. The expectation of Z is 0 exactly, so Z / W - Z has the same mean with less noise.
 */
function measureSnipsBias(
  problem: SlateProblem,
  rows: number,
  logs: number,
): { readonly bias: number; readonly error: number } {
  const { target, value } = problem;
  const random = createRandomStream(seed).split(`bias of SNIPS, ${rows} rows`);
  const slots = actionCounts.length;
  const errors = Array.from({ length: logs }, (_, number) => {
    const log = problem.sampleLog(random.split(number), rows);
    let linear = 0;
    for (let row = 0; row < rows; row++) {
      const choice = log.choices.subarray(row * slots, (row + 1) * slots);
      const propensity = log.propensities.subarray(row * slots, (row + 1) * slots).reduce((a, b) => a * b, 1);
      const weight = target.computeProbability(log.contexts[row]!, choice) / propensity;
      linear += (weight * (log.rewards[row]! - value)) / rows;
    }
    return computeSelfNormalized(log, target).estimate - value - linear;
  });
  const { mean, error } = computeMean(errors);
  return { bias: mean, error };
}

function computeMean(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}
