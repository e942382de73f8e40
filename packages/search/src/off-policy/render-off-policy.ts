import { renderTable } from '@rppkit/metrics/report';
import type { OffPolicyEvaluation } from './evaluate-off-policy.ts';
import type { OffPolicyEstimatorName, OffPolicyFlag } from './off-policy-estimate.ts';

const titles: Readonly<Record<OffPolicyEstimatorName, string>> = {
  ips: 'inverse propensity (IPS)',
  snips: 'self-normalised IPS',
  direct: 'direct method',
  'doubly-robust': 'doubly robust',
  'pseudo-inverse': 'slate pseudo-inverse',
};

const warnings: Readonly<Record<OffPolicyFlag, string>> = {
  'low-effective-sample-size':
    'low-effective-sample-size: the log is worth fewer than 100 rows of the target; do not trust the interval. Log more, or evaluate a policy nearer to the logging policy.',
  'unsupported-actions':
    'unsupported-actions: the target chooses prompts that the logging policy did not; the log says nothing of their reward.',
  'no-overlap': 'no-overlap: the target would have chosen none of the logged prompts.',
  clipped: 'clipped: large weights were lowered; the estimate is biased.',
  'model-dependent': 'model-dependent: only as good as its reward model, whose error the interval does not contain.',
  'assumes-additive': 'assumes-additive: biased where patterns interact in the reward.',
};

/** The share of failed rows above which they are warned of, as comparisons refuse above it. */
const largestFailedShare = 0.02;

/** An evaluation as a text table with one line for every warning, without a final line break. */
export function renderOffPolicy({ rows, failed, logged, estimates, unsupportedMass }: OffPolicyEvaluation): string {
  const table = renderTable(
    {
      columns: ['estimator', 'value', 'error', 'interval', 'ESS', 'max weight', 'flags'],
      rows: [
        ['logging policy', ...renderInterval(logged), String(rows), '1.0', ''],
        ...estimates.map((estimate) => [
          titles[estimate.estimator],
          ...renderInterval(estimate),
          estimate.effectiveSampleSize.toFixed(0),
          estimate.largestWeight.toFixed(1),
          estimate.flags.join(', '),
        ]),
      ],
      alignment: ['left', 'right', 'right', 'right', 'right', 'right', 'left'],
    },
    { maxWidth: 110 },
  );
  const flags = new Set(estimates.flatMap((estimate) => estimate.flags));
  const masses = [...unsupportedMass];
  return [
    table,
    '',
    `${rows} rows, ${failed} failed calls left out. ESS: effective sample size.`,
    ...(failed > largestFailedShare * (rows + failed)
      ? ['failed calls: more than 2 % of the rows; if some prompts fail more than others, every value is biased.']
      : []),
    ...Object.entries(warnings).flatMap(([flag, text]) => (flags.has(flag as OffPolicyFlag) ? [text] : [])),
    ...(flags.has('unsupported-actions')
      ? [`Unsupported share of the target's choices by slot: ${masses.map((mass) => mass.toFixed(2)).join(', ')}.`]
      : []),
  ].join('\n');
}

function renderInterval({
  estimate,
  standardError,
  low,
  high,
}: Pick<OffPolicyEvaluation['logged'], 'estimate' | 'standardError' | 'low' | 'high'>): readonly string[] {
  if (Number.isNaN(estimate)) return ['-', '-', '-'];
  return [estimate.toFixed(4), standardError.toFixed(4), `[${low.toFixed(4)}, ${high.toFixed(4)}]`];
}
