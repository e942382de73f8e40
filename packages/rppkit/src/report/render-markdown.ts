import { describeSetting } from '../experiment/describe-setting.ts';
import type { CallCount, Estimate, ExperimentResults } from '../experiment/results.ts';
import { renderMarkdownCode, renderMarkdownText } from './escape-markdown.ts';
import { formatCount, formatDifference, formatEstimate, formatPValue, formatShare } from './format-figure.ts';
import { headroomVerdicts } from './headroom-verdicts.ts';

/** The figures of an experiment as Markdown (GitHub's tables), without single users. Throws as `renderReport` does. */
export function renderMarkdown(
  results: ExperimentResults,
  { redacted = false }: { readonly redacted?: boolean } = {},
): string {
  const { run, data, model, backend, seed, command, verdict, rows, headroom, gains, setting, timing } = results;
  const parts = [
    `# rppkit report: ${renderMarkdownText(run)}`,
    `${redacted ? 'Redacted. ' : ''}Data: ${renderMarkdownText(data.name)}, ${formatCount(data.users)} users, ${formatCount(data.items)} items, ${formatCount(data.interactions)} interactions; trained on ${formatCount(data.trainUsers)} users, reported on ${formatCount(data.reportUsers - data.lostUsers)} others (${formatCount(data.lostUsers)} more lost to failed calls), ${formatCount(data.candidates)} candidates each. Model ${renderMarkdownText(model)}, TensorFlow.js backend ${renderMarkdownText(backend)}.`,
    ...(setting === undefined ? [] : [renderMarkdownText(describeSetting(setting), 1000)]),
    `**${renderMarkdownText(verdict, 1000)}**`,
    '## Results',
    renderTable(
      ['System', 'NDCG@1', 'NDCG@5', 'NDCG@10', 'LLM calls to find it', 'Tokens per ranking', 'Invalid answers'],
      rows.map(({ label, ndcg, searchCalls, tokensPerRanking, invalidShare }) => [
        renderMarkdownText(label),
        ...([1, 5, 10] as const).map((k) => formatEstimate(ndcg[k])),
        searchCalls === null ? '–' : formatCount(searchCalls),
        tokensPerRanking === null ? '–' : formatCount(tokensPerRanking),
        invalidShare === null ? '–' : formatShare(invalidShare),
      ]),
    ),
    'Means over the report users with 95% intervals in brackets; a dash where no LLM is involved.',
    renderDifferences(headroom, gains),
    '## LLM calls',
    renderCalls(timing.calls),
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

function renderDifferences(headroom: ExperimentResults['headroom'], gains: ExperimentResults['gains']): string {
  const line = (name: string, difference: Estimate, rest = ''): string =>
    `- ${name}: ${formatDifference(difference)} NDCG@10${rest}`;
  return [
    headroom === null
      ? '- Attainable headroom: not measured, because the context oracle needs many free answers'
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
  return renderTable(
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

/** The first column to the left, figures to the right. */
function renderTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
