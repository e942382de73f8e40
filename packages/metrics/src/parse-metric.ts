import { InvalidArgumentError } from '@rppkit/spec';
import { type MetricName, metricNames, metricTable } from './metric-table.ts';

/** A metric as read from its text. */
export interface ParsedMetric {
  readonly name: MetricName;
  /** Ranks that count, a positive integer; undefined for `r_precision` and `auc`, which have no cut-off. */
  readonly k: number | undefined;
  /** p of `rbp`, max_grade of `err`; undefined for all others. */
  readonly parameter: number | undefined;
}

/**
 * Reads a metric written as `NAME@K`, such as `ndcg@10`, as `NAME(PARAMETER=VALUE)@K` for `rbp(p=0.8)@10` and
 * `err(max_grade=4)@10`, or as `NAME` alone for `r_precision` and `auc`. Nothing is guessed: case, blanks, and a cut-off or
 * parameter that is missing or too much are errors, which show the form to write; so is a parameter
 * outside its range, p in (0, 1), max_grade above 0. Throws `InvalidArgumentError`.
 */
export function parseMetric(text: string): ParsedMetric {
  const name = /^[^@(]*/.exec(text)![0] as MetricName;
  if (!metricNames.includes(name)) {
    throw new InvalidArgumentError('metric name', `one of ${metricNames.join(', ')}`, name);
  }
  const { form, below = 0 } = metricTable[name];
  const match = /^[a-z_]+(?:\(([a-z_]+)=([0-9]+(?:\.[0-9]+)?)\))?(?:@([1-9][0-9]{0,8}))?$/.exec(text);
  const [, parameter, value, k] = match ?? [];
  const written = (parameter ? `(${parameter}=VALUE)` : '') + (k ? '@K' : '');
  if (match === null || written !== form) {
    const integer = form === '' ? ', which has no cut-off' : ' with a positive integer K';
    throw new InvalidArgumentError(
      'metric',
      name + form + integer,
      text,
      'Write for example "ndcg@10" or "rbp(p=0.8)@10".',
    );
  }
  if (parameter && !(Number(value) > 0 && Number(value) < below)) {
    throw new InvalidArgumentError(`${parameter} of ${text}`, `above 0 and below ${below}`, Number(value));
  }
  return { name, k: readNumber(k), parameter: readNumber(value) };
}

/** Reads the metrics of one evaluation. Throws `InvalidArgumentError` for none, one twice or one that cannot be read. */
export function parseMetrics<Metric extends string>(
  metrics: readonly Metric[],
): readonly (ParsedMetric & { readonly label: Metric })[] {
  if (!Array.isArray(metrics) || metrics.length === 0 || new Set(metrics).size < metrics.length) {
    throw new InvalidArgumentError('metrics', 'an array of at least one metric, none of them twice', metrics);
  }
  return metrics.map((label) => ({ label, ...parseMetric(label) }));
}

function readNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}
