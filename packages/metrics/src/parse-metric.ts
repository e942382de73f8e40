import { InvalidArgumentError } from '@rppkit/spec';

/** The names of the metric language: `ndcg` is `ndcg`, `hit_rate` is `hitRate`, `mrr` the mean of `reciprocalRank`. */
export type MetricName = 'ndcg' | 'hit_rate' | 'mrr';

/** A metric with its cut-off, as read from `NAME@K`. */
export interface ParsedMetric {
  readonly name: MetricName;
  /** Ranks that count, a positive integer. */
  readonly k: number;
}

const metricNames: readonly MetricName[] = ['ndcg', 'hit_rate', 'mrr'];

/**
 * Reads a metric written as `NAME@K`, such as `ndcg@10`, `hit_rate@1` or `mrr@10`. Nothing is guessed: case, blanks and a
 * missing cut-off are errors. Throws `InvalidArgumentError`.
 */
export function parseMetric(text: string): ParsedMetric {
  const match = /^([^@]+)@([1-9][0-9]{0,8})$/.exec(text);
  if (match === null) {
    throw new InvalidArgumentError('metric', 'NAME@K with a positive integer K', text, 'Write for example "ndcg@10".');
  }
  const name = metricNames.find((known) => known === match[1]);
  if (name === undefined) {
    throw new InvalidArgumentError('metric name', `one of ${metricNames.join(', ')}`, match[1]);
  }
  return { name, k: Number(match[2]) };
}
