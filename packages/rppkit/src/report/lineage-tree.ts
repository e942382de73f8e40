import type { RefinedSentence } from '../experiment/results.ts';
import { escapeHtml, renderForeignText } from './escape-html.ts';
import { formatCount, formatShare } from './format-figure.ts';

/** How each test ended, in words. */
export const refinedVerdicts: Readonly<Record<RefinedSentence['verdict'], string>> = {
  open: 'not decided when training ended',
  promoted: 'promoted',
  retired: 'retired',
  undecided: 'undecided, retired',
};

interface LineageNode {
  readonly sentence: RefinedSentence;
  readonly children: LineageNode[];
}

/** The refined sentences as a tree: each under the one that it came from, with its test and what the guards found. */
export function renderLineageTree(sentences: readonly RefinedSentence[]): string {
  const roots = new Map<string, LineageNode[]>();
  const nodes: LineageNode[] = [];
  for (const sentence of sentences) {
    const node = { sentence, children: [] };
    const { pattern, parent } = sentence;
    // Parents are made before their children.
    const above = nodes.findLast((one) => one.sentence.pattern === pattern && one.sentence.id === parent);
    nodes.push(node);
    if (above !== undefined) {
      above.children.push(node);
      continue;
    }
    const key = JSON.stringify([pattern, parent]);
    roots.set(key, [...(roots.get(key) ?? []), node]);
  }
  const trees = Array.from(roots.values(), (children) => {
    const { pattern, parent, parentSentence } = children[0]!.sentence;
    return `<li>${renderForeignText(parentSentence, 400)} <code>${renderForeignText(pattern)} ${renderForeignText(parent)}</code>${renderChildren(children)}</li>`;
  });
  return `<ul class="tree">
${trees.join('\n')}
</ul>`;
}

function renderChildren(nodes: readonly LineageNode[]): string {
  if (nodes.length === 0) return '';
  return `<ul>${nodes.map(renderNode).join('\n')}</ul>`;
}

function renderNode({ sentence: refined, children }: LineageNode): string {
  const { id, sentence, verdict, gain, pairs, share, passed, notChecked, born } = refined;
  const test =
    gain === null ? 'no pairs' : `${gain < 0 ? '−' : '+'}${Math.abs(gain).toFixed(3)} over ${formatCount(pairs)} pairs`;
  const unchecked = notChecked.length === 0 ? '' : `; not checked by ${notChecked.map(escapeHtml).join(', ')}`;
  return `<li class="${verdict === 'promoted' ? 'promoted' : 'other'}">${renderForeignText(sentence, 400)} <code>${renderForeignText(id)}</code>
<p class="note"><strong>${refinedVerdicts[verdict]}</strong>: ${test}; picked for ${formatShare(share)} of the report users. Made after update ${formatCount(born)}; passed ${formatCount(passed.length)} guards${unchecked}.</p>${renderChildren(children)}</li>`;
}
