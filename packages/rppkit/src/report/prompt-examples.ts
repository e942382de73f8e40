import type { PromptExample } from '../experiment/results.ts';
import { cutText, escapeHtml, renderForeignText } from './escape-html.ts';
import { formatScore } from './format-figure.ts';
import { renderPromptText } from './prompt-text.ts';

const answerLimit = 4000;

/** Users with their history, candidates, personal prompt and both answers, one `<details>` each, the first one open. */
export function renderPromptExamples(examples: readonly PromptExample[]): string {
  if (examples.length === 0) return '<p>No examples were recorded.</p>';
  return examples.map(renderExample).join('\n');
}

function renderExample(example: PromptExample, index: number): string {
  const { user, history, candidates, prompt, fixed } = example;
  return `<details class="example"${index === 0 ? ' open' : ''}>
<summary>User ${renderForeignText(user, 60)}: NDCG <b>${formatScore(example.ndcg)}</b> with the personal prompt, <b>${formatScore(fixed.ndcg)}</b> with the best fixed prompt</summary>
<div class="columns">
<section><h4>History, oldest first</h4>${renderHistory(history)}</section>
<section><h4>Candidates in prompt order</h4>${renderCandidates(candidates)}</section>
</div>
<h4>Personal prompt</h4>
${renderPromptText(prompt)}
<div class="columns">
${renderAnswer('Personal prompt', example, candidates)}
${renderAnswer('Best fixed prompt', fixed, candidates)}
</div>
</details>`;
}

function renderHistory(history: readonly string[]): string {
  return history.length === 0 ? '<p>Empty.</p>' : renderList(history.map((title) => renderForeignText(title)));
}

function renderCandidates(candidates: PromptExample['candidates']): string {
  return renderList(
    candidates.map(({ title, relevant }) => `${renderForeignText(title)}${relevant ? tag('relevant') : ''}`),
  );
}

function renderAnswer(
  name: string,
  { answer, ranking, ndcg }: PromptExample['fixed'],
  candidates: PromptExample['candidates'],
): string {
  const relevant = new Set(candidates.filter((candidate) => candidate.relevant).map(({ title }) => title));
  const ambiguous = new Set(candidates.filter((candidate) => !candidate.relevant).map(({ title }) => title));
  const mark = (title: string): string => {
    if (!relevant.has(title)) return '';
    return ambiguous.has(title) ? tag('title of the relevant one and of another') : tag('relevant');
  };
  const order =
    ranking.length === 0
      ? '<p>No usable ranking in this answer.</p>'
      : renderList(ranking.map((title) => `${renderForeignText(title)}${mark(title)}`));
  return `<section><h4>${name}: NDCG ${formatScore(ndcg)}</h4>
<h5>Ranking read from the answer</h5>${order}
<h5>Answer</h5><pre class="answer" dir="auto">${answer === '' ? '(empty)' : escapeHtml(cutText(answer, answerLimit))}</pre></section>`;
}

function renderList(entries: readonly string[]): string {
  return `<ol>${entries.map((entry) => `<li>${entry}</li>`).join('')}</ol>`;
}

function tag(text: string): string {
  return ` <mark>${text}</mark>`;
}
