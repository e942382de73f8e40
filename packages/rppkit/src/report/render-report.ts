import { describeSetting } from '../experiment/describe-setting.ts';
import { describeTransfer } from '../experiment/describe-transfer.ts';
import { describeFrozen } from '../experiment/policy-space.ts';
import type { ExperimentResults, PromptExample } from '../experiment/results.ts';
import { renderAnswersTable } from './answers-table.ts';
import { renderCallsTable } from './calls-table.ts';
import { renderCostTable } from './cost-table.ts';
import { renderEffects } from './effects.ts';
import { cutText, escapeHtml, renderForeignText } from './escape-html.ts';
import { formatCount, formatDifference, formatPValue } from './format-figure.ts';
import { renderGainChart } from './gain-chart.ts';
import { renderGroupUse } from './group-use.ts';
import { headroomVerdicts } from './headroom-verdicts.ts';
import { renderLearningCurve } from './learning-curve.ts';
import { renderNdcgChart } from './ndcg-chart.ts';
import { renderPatternUse } from './pattern-use.ts';
import { renderPositionBias } from './position-bias.ts';
import { renderPrompts } from './prompts.ts';
import { renderRefinedTable } from './refined-table.ts';
import { renderResultsTable } from './results-table.ts';
import { reportStyles } from './styles.ts';

/** How a report tells of users. */
export interface ReportOptions {
  /** Whether users in `examples` have hashed ids; the report says so. Default false. */
  readonly redacted?: boolean;
}

/**
 * Renders an experiment as one HTML file without requests, for screens (light and dark), phones and paper. Its only script, the
 * search for users, is named by its hash in the content security policy. Equal results and examples give equal bytes. Text from
 * data and models is escaped and cut. Throws `InvalidArgumentError` for figures that are not finite and for prompt spans
 * outside the prompt.
 */
export async function renderReport(
  results: ExperimentResults,
  examples: readonly PromptExample[],
  { redacted = false }: ReportOptions = {},
): Promise<string> {
  const { run, rows, learningCurve, patternUse, frozen, effects, answers, positionBias, refined, timing } = results;
  const prompts = renderPrompts(examples, { redacted });
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ${prompts.scriptSource === undefined ? '' : `script-src ${prompts.scriptSource}; `}style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${escapeHtml(cutText(run, 80))} - rppkit report</title>
<style>${reportStyles}</style>
</head>
<body>
<main>
<header>
<h1>rppkit report: ${renderForeignText(run)}</h1>
${renderLead(results)}
${renderPrivacy(examples.length, redacted)}
<div class="verdict">
<p>${escapeHtml(results.verdict)}</p>
${renderHeadroom(results.headroom)}
<p>RPP less best fixed prompt: ${formatDifference(results.gains.overBestFixed)} NDCG@10.<br>
${results.gains.overRepeated === undefined ? '' : `RPP less best fixed prompt asked as often: ${formatDifference(results.gains.overRepeated)} NDCG@10.<br>\n`}RPP less RPP with users swapped: ${formatDifference(results.gains.overSwapped)} NDCG@10.</p>
</div>
</header>
<h2>Results</h2>
${renderResultsTable(results)}
<h2>NDCG@10</h2>
${await renderNdcgChart(rows)}
<h2>How much there is to gain</h2>
${await renderGainChart(results)}
<h2>Learning curve</h2>
${await renderLearningCurve(learningCurve)}
<h2>What the policy picks</h2>
${frozen === undefined ? '' : `<p>${renderForeignText(describeFrozen(frozen))}. Bounds and controls are of all patterns.</p>\n`}${await renderPatternUse(patternUse)}
${renderGroupUse(results)}
<h2>What expressions are worth</h2>
${await renderEffects(effects, results.setting?.rounds)}
<h2>Invalid answers</h2>
${renderAnswersTable(answers)}
<h2>Position bias</h2>
${await renderPositionBias(positionBias)}
${
  refined === null
    ? ''
    : `<h2>Refined sentences</h2>
${renderRefinedTable(refined)}
`
}<h2>Prompt examples</h2>
${prompts.html}
<h2>LLM calls</h2>
${renderCallsTable(timing.calls)}
<h2>Cost and latency</h2>
${renderCostTable(timing.cost)}
<h2>Reproduce</h2>
${renderReproduction(results)}
</main>
</body>
</html>
`;
}

function renderLead({ data, model, backend, setting, transfer }: ExperimentResults): string {
  const set = setting === undefined ? '' : `\n<p class="lead">${escapeHtml(describeSetting(setting))}</p>`;
  const transferred =
    transfer === undefined ? '' : `\n<p class="lead">${renderForeignText(describeTransfer(transfer))}</p>`;
  return `<p class="lead">${renderForeignText(data.name)}: ${formatCount(data.users)} users, ${formatCount(data.items)} items, ${formatCount(data.interactions)} interactions; trained on ${formatCount(data.trainUsers)} users, reported on ${formatCount(data.reportUsers)} others, ${formatCount(data.candidates)} candidates each. Model ${renderForeignText(model)}, TensorFlow.js backend ${renderForeignText(backend)}.</p>${set}${transferred}`;
}

function renderPrivacy(users: number, redacted: boolean): string {
  const shown = `histories, candidates, prompts and answers of ${formatCount(users)} ${users === 1 ? 'user' : 'users'}`;
  if (!redacted) {
    const holds = users === 0 ? 'it shows no single users' : `it holds ids, ${shown}`;
    return `<p class="lead">Not redacted: ${holds}. One to hand on: <code>rppkit report --redact</code>.</p>`;
  }
  const holds = users === 0 ? 'it shows no single users' : `user ids are hashed, and ${shown} are shown`;
  return `<p class="lead">Redacted: ${holds}.</p>`;
}

function renderHeadroom(headroom: ExperimentResults['headroom']): string {
  if (headroom === null)
    return '<p>The attainable headroom was not measured: it needs a context oracle, which was not asked in this run.</p>';
  return `<p>Attainable headroom (context oracle less best fixed prompt): ${formatDifference(headroom)} NDCG@10, ${headroomVerdicts[headroom.verdict]}. Permutation test of the user × prompt interaction: ${formatPValue(headroom.interactionP)}. The oracle was fitted on ${formatCount(headroom.oracleAnswers)} answers.</p>`;
}

function renderReproduction({ command, seed, versions }: ExperimentResults): string {
  return `<pre class="command">${escapeHtml(cutText(command, 4000))}</pre>
<p>Seed ${escapeHtml(String(seed))}. The same command with the same seed, data and answers gives the same figures.</p>
<div class="scroll fit" tabindex="0" role="region" aria-label="Versions"><table><thead><tr><th scope="col">Component</th><th scope="col">Version</th></tr></thead><tbody>
${Object.entries(versions)
  .map(
    ([name, version]) =>
      `<tr><th scope="row">${renderForeignText(name)}</th><td>${renderForeignText(version)}</td></tr>`,
  )
  .join('\n')}
</tbody></table></div>`;
}
