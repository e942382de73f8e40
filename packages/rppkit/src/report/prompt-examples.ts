import { escapeHtml } from './escape-html.ts';
import type { AnswerView, ExampleView, PromptBlock, TitleView } from './example-view.ts';
import { formatScore } from './format-figure.ts';

/** Users with their history, candidates, personal prompt and both answers, one `<details>` each, the first one open. */
export function renderPromptExamples(examples: readonly ExampleView[]): string {
  return examples.map(renderExample).join('\n');
}

function renderExample({ user, history, candidates, prompt, personal, fixed }: ExampleView, index: number): string {
  return `<details class="example"${index === 0 ? ' open' : ''}>
<summary>User ${isolate(user)}: NDCG <b>${formatScore(personal.ndcg)}</b> with the personal prompt, <b>${formatScore(fixed.ndcg)}</b> with the best fixed prompt</summary>
<div class="columns">
<section><h4>History, oldest first</h4>${history.length === 0 ? '<p>Empty.</p>' : renderList(history.map(isolate))}</section>
<section><h4>Candidates in prompt order</h4>${renderTitles(candidates)}</section>
</div>
<h4>Personal prompt</h4>
<div class="prompt">${prompt.map(renderBlock).join('')}</div>
<div class="columns">
${renderAnswer('Personal prompt', personal)}
${renderAnswer('Best fixed prompt', fixed)}
</div>
</details>`;
}

function renderBlock({ label, colour, text }: PromptBlock): string {
  const name = label === '' ? '' : `<span class="label">${escapeHtml(label)}</span>`;
  return `<div class="section section-${colour}">${name}<pre dir="auto">${escapeHtml(text)}</pre></div>`;
}

function renderAnswer(name: string, { answer, ranking, ndcg }: AnswerView): string {
  const order = ranking.length === 0 ? '<p>No usable ranking in this answer.</p>' : renderTitles(ranking);
  return `<section><h4>${name}: NDCG ${formatScore(ndcg)}</h4>
<h5>Ranking read from the answer</h5>${order}
<h5>Answer</h5><pre class="answer" dir="auto">${answer === '' ? '(empty)' : escapeHtml(answer)}</pre></section>`;
}

function renderTitles(titles: readonly TitleView[]): string {
  return renderList(
    titles.map(({ title, note }) => `${isolate(title)}${note === '' ? '' : ` <mark>${escapeHtml(note)}</mark>`}`),
  );
}

function renderList(entries: readonly string[]): string {
  return `<ol>${entries.map((entry) => `<li>${entry}</li>`).join('')}</ol>`;
}

function isolate(text: string): string {
  return `<bdi>${escapeHtml(text)}</bdi>`;
}
