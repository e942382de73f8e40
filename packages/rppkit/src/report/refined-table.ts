import type { ExperimentResults, RefinedSentence } from '../experiment/results.ts';
import { escapeHtml, renderForeignText } from './escape-html.ts';
import { formatCount, formatShare } from './format-figure.ts';
import { refinedVerdicts, renderLineageTree } from './lineage-tree.ts';

/** What RPP+ made of the sentences: their tree, and each beside the one that it came from with how its test ended. */
export function renderRefinedTable({ sentences, reasons }: NonNullable<ExperimentResults['refined']>): string {
  const refused = Object.entries(reasons).map(([reason, count]) => `${escapeHtml(reason)} ${formatCount(count)}`);
  const note = refused.length === 0 ? '' : `<p class="note">No sentence came of others: ${refused.join(', ')}.</p>`;
  if (sentences.length === 0) return `<p>No refined sentence passed the guards.</p>${note}`;
  const unchecked = [...new Set(sentences.flatMap(({ notChecked }) => notChecked))].map(escapeHtml);
  const caution = unchecked.length === 0 ? '' : ` Guards that could not check them: ${unchecked.join(', ')}.`;
  return `<p>Each sentence was compared with the one that it came from on the same tasks and candidate orders.${caution}</p>
${renderLineageTree(sentences)}
<div class="scroll" tabindex="0" role="region" aria-label="Refined sentences"><table class="sentences">
<thead><tr><th scope="col">Sentence</th><th scope="col">From</th><th scope="col">Test</th><th scope="col">Pairs</th><th scope="col">Gain</th><th scope="col">Users</th></tr></thead>
<tbody>
${sentences.map(renderRow).join('\n')}
</tbody></table></div>${note}`;
}

function renderRow({
  pattern,
  id,
  parent,
  sentence,
  parentSentence,
  verdict,
  pairs,
  gain,
  share,
}: RefinedSentence): string {
  const describe = (text: string, name: string): string =>
    `${renderForeignText(text, 400)}<br><code>${renderForeignText(pattern)} ${renderForeignText(name)}</code>`;
  const difference = gain === null ? '–' : `${gain < 0 ? '−' : '+'}${Math.abs(gain).toFixed(3)}`;
  return `<tr><th scope="row">${describe(sentence, id)}</th><td>${describe(parentSentence, parent)}</td><td>${refinedVerdicts[verdict]}</td><td>${formatCount(pairs)}</td><td>${difference}</td><td>${formatShare(share)}</td></tr>`;
}
