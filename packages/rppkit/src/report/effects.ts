import type { ExperimentResults, PatternEffects } from '../experiment/results.ts';
import { renderBarChart } from './bar-chart.ts';
import { renderBothWidths } from './both-widths.ts';
import { renderForeignText } from './escape-html.ts';
import { formatCount, formatDifference, formatInterval } from './format-figure.ts';
import { createSignedTicks } from './signed-ticks.ts';

/** Below this the intervals cover less often than they say. */
const fewestAnswers = 100;

/** `rounds`: of an episode. For each pattern, bars of what each expression was worth in training against the mean of its pattern, and all figures. */
export async function renderEffects(effects: ExperimentResults['effects'], rounds = 1): Promise<string> {
  if (effects === null) {
    return rounds > 1
      ? '<p>Not estimated: what a prompt of a later round is worth depends on the answers before it.</p>'
      : '<p>Not known: the run has no <code>trajectories.jsonl</code>.</p>';
  }
  const ends = effects.flatMap(({ expressions }) =>
    expressions.flatMap(({ effect }) => (effect === null ? [] : [effect.low, effect.high])),
  );
  const axis = createSignedTicks(ends);
  const charts: string[] = [];
  for (const one of effects) charts.push(await renderPattern(one, axis));
  return `<p>What an expression is worth in reward against the mean of the legal expressions of its pattern, all else as the policy had it: a doubly robust estimate from the prompts of the training, weighted by the probability with which each was chosen. These are training users while the policy explored, the means are over all of them, and where the policy gave an expression no chance a linear model of the reward stands in, so that an effect can differ from that for the users who are given it.</p>
<div class="charts">${charts.join('')}</div>
${renderTable(effects)}`;
}

async function renderPattern(
  { pattern, expressions }: PatternEffects,
  { ticks, format }: ReturnType<typeof createSignedTicks>,
): Promise<string> {
  const known = expressions.flatMap(({ perspective, effect }) => (effect === null ? [] : [{ perspective, effect }]));
  if (known.length === 0) {
    return `<figure><h3>${renderForeignText(pattern)}</h3><p>Too few users to tell.</p></figure>`;
  }
  const figures = known.map(({ perspective, effect }) => `${perspective} ${formatDifference(effect)}`);
  const draw = (width: number): Promise<string> =>
    renderBarChart({
      bars: known.map(({ perspective, effect }) => ({
        label: perspective,
        figure: formatDifference(effect).replace(/ .*/, ''),
        value: effect.mean,
        interval: [effect.low, effect.high] as const,
        accent: effect.low > 0,
      })),
      ticks,
      format,
      reference: 0,
      width,
      description: `Bar chart of effects in the pattern ${pattern} with 95% intervals. ${figures.join('; ')}.`,
    });
  return `<figure><h3>${renderForeignText(pattern)}</h3>${await renderBothWidths(draw, 440)}</figure>`;
}

function renderTable(effects: readonly PatternEffects[]): string {
  const rows = effects.flatMap(({ pattern, expressions }) =>
    expressions.map(({ id, effect, answers, effectiveAnswers }) => {
      const difference =
        effect === null
          ? '–'
          : `${formatDifference(effect).replace(/ .*/, '')} <span class="interval">${formatInterval(effect)}</span>`;
      const few = effectiveAnswers < fewestAnswers ? ' *' : '';
      return `<tr><th scope="row">${renderForeignText(pattern)} <code>${renderForeignText(id)}</code></th><td>${difference}</td><td>${formatCount(answers)}</td><td>${formatCount(effectiveAnswers)}${few}</td></tr>`;
    }),
  );
  return `<details><summary>All effects</summary><div class="scroll fit" tabindex="0" role="region" aria-label="Effects of expressions"><table><thead><tr><th scope="col">Expression</th><th scope="col">Effect</th><th scope="col">Answers</th><th scope="col">Effective answers</th></tr></thead><tbody>${rows.join('\n')}</tbody></table></div>
<p class="note">Effective answers: what the answers are worth after weighting. With fewer than ${fewestAnswers} (*) the interval tends to be too short.</p></details>`;
}
