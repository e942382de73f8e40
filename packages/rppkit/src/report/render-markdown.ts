import { findComparison } from '../experiment/compare-systems.ts';
import { describeSetting } from '../experiment/describe-setting.ts';
import { describeTransfer } from '../experiment/describe-transfer.ts';
import { describeFrozen } from '../experiment/policy-space.ts';
import type { CallCount, Estimate, ExperimentResults, RowId, Significance } from '../experiment/results.ts';
import { renderMarkdownCode, renderMarkdownText } from './escape-markdown.ts';
import { formatCount, formatDifference, formatEstimate, formatPValue, formatShare } from './format-figure.ts';
import { headroomVerdicts } from './headroom-verdicts.ts';
import {
  renderMarkdownAnswers,
  renderMarkdownCost,
  renderMarkdownPatterns,
  renderMarkdownPositionBias,
} from './markdown-sections.ts';
import { renderMarkdownTable } from './markdown-table.ts';

/** The figures of an experiment as Markdown (GitHub's tables), without single users. Throws as `renderReport` does. */
export function renderMarkdown(
  results: ExperimentResults,
  { redacted = false }: { readonly redacted?: boolean } = {},
): string {
  const { run, data, model, backend, seed, command, verdict, rows, headroom, gains, significance, timing } = results;
  const { transfer, frozen, setting } = results;
  const parts = [
    `# rppkit report: ${renderMarkdownText(run)}`,
    `${redacted ? 'Redacted. ' : ''}Data: ${renderMarkdownText(data.name)}, ${formatCount(data.users)} users, ${formatCount(data.items)} items, ${formatCount(data.interactions)} interactions; trained on ${formatCount(data.trainUsers)} users, reported on ${formatCount(data.reportUsers - data.lostUsers)} others (${formatCount(data.lostUsers)} more lost to failed calls), ${formatCount(data.candidates)} candidates each. Model ${renderMarkdownText(model)}, TensorFlow.js backend ${renderMarkdownText(backend)}.`,
    ...(setting === undefined ? [] : [renderMarkdownText(describeSetting(setting), 1000)]),
    `**${renderMarkdownText(verdict, 1000)}**`,
    ...(transfer === undefined ? [] : [renderMarkdownText(describeTransfer(transfer), 1000)]),
    ...(frozen === undefined
      ? []
      : [`${renderMarkdownText(describeFrozen(frozen), 1000)}. Bounds and controls are of all patterns.`]),
    '## Results',
    renderMarkdownTable(
      [
        ...['System', 'NDCG@1', 'NDCG@5', 'NDCG@10', 'Less best fixed prompt', 'RPP less this'],
        ...['LLM calls to find it', 'Tokens per ranking', 'Invalid answers'],
      ],
      rows.map(({ id, label, ndcg, searchCalls, tokensPerRanking, invalidShare }) => [
        renderMarkdownText(label),
        ...([1, 5, 10] as const).map((k) => formatEstimate(ndcg[k])),
        renderComparison(significance, id, 'best-fixed'),
        renderComparison(significance, 'rpp', id),
        searchCalls === null ? '–' : formatCount(searchCalls),
        tokensPerRanking === null ? '–' : formatCount(tokensPerRanking),
        invalidShare === null ? '–' : formatShare(invalidShare),
      ]),
    ),
    `Means over the report users with 95% intervals in brackets; a dash where no LLM is involved. Differences in NDCG@10, with p-values of Fisher’s paired randomisation test, corrected by Holm over all ${formatCount(significance.comparisons.length)} comparisons.`,
    renderDifferences(headroom, gains),
    '## Patterns',
    renderMarkdownPatterns(results),
    '## Invalid answers',
    renderMarkdownAnswers(results.answers),
    '## Position bias',
    renderMarkdownPositionBias(results.positionBias),
    '## LLM calls',
    renderCalls(timing.calls),
    renderMarkdownCost(timing.cost),
    '## Reproduce',
    renderMarkdownCode(command),
    `Seed ${seed}. The same command with the same seed, data and answers gives the same figures. Versions: ${Object.entries(
      results.versions,
    )
      .map(([name, version]) => `${renderMarkdownText(name)} ${renderMarkdownText(version)}`)
      .join(', ')}.`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function renderComparison(significance: Significance, system: RowId, other: RowId): string {
  const comparison = findComparison(significance, system, other);
  if (comparison === undefined) return '–';
  return `${formatDifference(comparison.difference)}, ${formatPValue(comparison.adjustedPValue)}`;
}

function renderDifferences(headroom: ExperimentResults['headroom'], gains: ExperimentResults['gains']): string {
  const line = (name: string, difference: Estimate, rest = ''): string =>
    `- ${name}: ${formatDifference(difference)} NDCG@10${rest}`;
  return [
    headroom === null
      ? '- Attainable headroom: not measured; it needs a context oracle, which was not asked in this run'
      : line(
          'Attainable headroom, context oracle less best fixed prompt',
          headroom,
          `, ${headroomVerdicts[headroom.verdict]} (interaction of user and prompt ${formatPValue(headroom.interactionP)}; oracle fitted on ${formatCount(headroom.oracleAnswers)} answers)`,
        ),
    line('RPP less best fixed prompt', gains.overBestFixed),
    ...(gains.overRepeated === undefined
      ? []
      : [line('RPP less best fixed prompt asked as often', gains.overRepeated)]),
    line('RPP less RPP with users swapped', gains.overSwapped),
  ].join('\n');
}

function renderCalls(calls: readonly CallCount[]): string {
  return renderMarkdownTable(
    ['Purpose', 'Announced', 'Asked of the model', 'From the store', 'Failed'],
    calls.map(({ phase, announced, fromModel, fromStore, failed }) => [
      phase,
      announced === null ? 'in train' : formatCount(announced),
      formatCount(fromModel),
      formatCount(fromStore),
      formatCount(failed),
    ]),
  );
}
