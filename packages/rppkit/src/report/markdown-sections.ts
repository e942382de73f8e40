import type { AnswerCounts, ExperimentResults, PatternUse, RunCost } from '../experiment/results.ts';
import { renderMarkdownText } from './escape-markdown.ts';
import { formatCount, formatDifference, formatPValue, formatShare } from './format-figure.ts';
import { renderMarkdownTable } from './markdown-table.ts';

const dash = '–';

/** Which expressions the policy picks, and what each was worth in training, one table a pattern. */
export function renderMarkdownPatterns({
  patternUse,
  effects,
}: Pick<ExperimentResults, 'patternUse' | 'effects'>): string {
  const renderPattern = ({ pattern, expressions }: PatternUse): string => {
    const worth = effects?.find((one) => one.pattern === pattern)?.expressions ?? [];
    const rows = expressions.map(({ id, perspective, share, fixed }) => {
      const effect = worth.find((one) => one.id === id)?.effect ?? null;
      return [
        `${renderMarkdownText(perspective)}${fixed ? ' ★' : ''}`,
        formatShare(share),
        effect === null ? dash : formatDifference(effect),
      ];
    });
    return renderMarkdownTable([renderMarkdownText(pattern), 'Report users', 'Worth in training'], rows);
  };
  return [
    ...patternUse.map(renderPattern),
    'Report users: share for whom the policy picks it; ★ is in the best fixed prompt. Worth: reward against the mean of its pattern, with 95% interval, a doubly robust estimate over training users.',
  ].join('\n\n');
}

/** How answers could be read. */
export function renderMarkdownAnswers({ evaluation, training }: ExperimentResults['answers']): string {
  const list = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([reason, count]) => `${renderMarkdownText(reason)} ${formatCount(count)}`)
      .join(', ') || '0';
  const row = (name: string, { answers, invalid, partial, repeated, foreign, failed }: AnswerCounts): string[] => [
    name,
    ...[formatCount(answers), list(invalid)],
    ...[partial, repeated, foreign].map(formatCount),
    list(failed),
  ];
  const rows = evaluation.map((one) => row(renderMarkdownText(one.label), one));
  if (training !== null) rows.push(row('Training', training));
  return renderMarkdownTable(
    ['Answers of', 'Answers', 'Invalid', 'Candidates left out', 'Repeated', 'Others named', 'Failed calls'],
    rows,
  );
}

/** Whether the position of the relevant candidate mattered. */
export function renderMarkdownPositionBias(biases: ExperimentResults['positionBias']): string {
  if (biases.length === 0) return 'Too few users or positions to see an effect of the position.';
  return biases
    .map(
      ({ label, slope, slopeP, anyEffectP }) =>
        `- ${renderMarkdownText(label)}: ${slope.mean.toFixed(4)} [${slope.low.toFixed(4)}, ${slope.high.toFixed(4)}] NDCG@10 for each position further down (${formatPValue(slopeP)}); any effect ${formatPValue(anyEffectP)}`,
    )
    .join('\n');
}

/** What the calls took. */
export function renderMarkdownCost(cost: RunCost | null): string {
  if (cost === null) return 'No cost was recorded: the answers of this model cost nothing.';
  const { phases, prices } = cost;
  const rows = phases.map(({ phase, answers, fromStore, inputTokens, outputTokens, latencyMs, retries }) => [
    phase,
    ...[answers, fromStore, inputTokens, outputTokens].map(formatCount),
    prices === null
      ? dash
      : ((inputTokens * prices.inputPerMillion + outputTokens * prices.outputPerMillion) / 1e6).toFixed(4),
    ...(latencyMs === null ? [dash, dash] : [latencyMs.p50, latencyMs.p95].map((value) => `${formatCount(value)} ms`)),
    formatCount(retries),
  ]);
  return renderMarkdownTable(
    [
      ...['Purpose', 'Answers of the model', 'From the store', 'Input tokens', 'Output tokens', 'Money'],
      ...['Latency, median', 'Latency, 95%', 'Retries'],
    ],
    rows,
  );
}
