import { auc } from './auc.ts';
import { averagePrecision } from './average-precision.ts';
import { averagePrecisionCapped } from './average-precision-capped.ts';
import type { CandidateRanking } from './candidate-ranking.ts';
import { dcg } from './dcg.ts';
import { dcgBurges } from './dcg-burges.ts';
import { expectedReciprocalRank } from './expected-reciprocal-rank.ts';
import { largestGrade } from './exponential-gains.ts';
import { hitRate } from './hit-rate.ts';
import { ndcg } from './ndcg.ts';
import { ndcgBurges } from './ndcg-burges.ts';
import { precision } from './precision.ts';
import { rPrecision } from './r-precision.ts';
import { rankBiasedPrecision } from './rank-biased-precision.ts';
import { recall } from './recall.ts';
import { reciprocalRank } from './reciprocal-rank.ts';

/** The names of the metric language. */
export type MetricName =
  | 'ndcg'
  | 'ndcg_burges'
  | 'dcg'
  | 'dcg_burges'
  | 'hit_rate'
  | 'recall'
  | 'precision'
  | 'mrr'
  | 'map'
  | 'map_capped'
  | 'r_precision'
  | 'rbp'
  | 'err'
  | 'auc';

interface MetricEntry {
  /** What follows the name: `@K` for a cut-off, `(PARAMETER=VALUE)` for a parameter. */
  readonly form: string;
  /** A parameter lies above 0 and below this number. */
  readonly below?: number;
  /** The largest gain that the metric takes; any finite one where this is absent. */
  largestGain?(parameter: number): number;
  /** `k` and `parameter` are unused where the form has none. */
  compute(ranking: CandidateRanking, gains: ArrayLike<number>, k: number, parameter: number): number;
}

/** Every metric of the language with its function; `mrr`, `map` and `map_capped` are the means over users of theirs. */
export const metricTable: Readonly<Record<MetricName, MetricEntry>> = {
  ndcg: { form: '@K', compute: ndcg },
  ndcg_burges: { form: '@K', compute: ndcgBurges, largestGain: () => largestGrade },
  dcg: { form: '@K', compute: dcg },
  dcg_burges: { form: '@K', compute: dcgBurges, largestGain: () => largestGrade },
  hit_rate: { form: '@K', compute: hitRate },
  recall: { form: '@K', compute: recall },
  precision: { form: '@K', compute: precision },
  mrr: { form: '@K', compute: reciprocalRank },
  map: { form: '@K', compute: averagePrecision },
  map_capped: { form: '@K', compute: averagePrecisionCapped },
  r_precision: { form: '', compute: rPrecision },
  rbp: {
    form: '(p=VALUE)@K',
    below: 1,
    compute: (ranking, gains, k, persistence) => rankBiasedPrecision(ranking, gains, k, { persistence }),
  },
  err: {
    form: '(max_grade=VALUE)@K',
    below: Number.POSITIVE_INFINITY,
    largestGain: (maxGrade) => maxGrade,
    compute: (ranking, gains, k, maxGrade) => expectedReciprocalRank(ranking, gains, k, { maxGrade }),
  },
  auc: { form: '', compute: auc },
};

/** The names in the order of the table. */
export const metricNames: readonly MetricName[] = Object.keys(metricTable) as MetricName[];
