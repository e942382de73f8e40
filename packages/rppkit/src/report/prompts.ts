import type { PromptExample } from '../experiment/results.ts';
import { createExampleView } from './example-view.ts';
import { explorerScriptSource, renderExplorer } from './explorer.ts';
import { formatCount } from './format-figure.ts';
import { renderPromptExamples } from './prompt-examples.ts';

/** Users that are shown also where no script runs, and on paper. */
const staticLimit = 8;
/** Keeps the file of a run with very many users to some 20 MB. */
const searchLimit = 5000;

/** The section on single users and their prompts. */
export interface PromptSection {
  readonly html: string;
  /** The script that it needs, as a content security policy names it; undefined for none. */
  readonly scriptSource: string | undefined;
}

/** The first users as they are, and all of them behind a search. Throws as `createExampleView` does. */
export function renderPrompts(
  examples: readonly PromptExample[],
  { redacted }: { readonly redacted: boolean },
): PromptSection {
  if (examples.length === 0) {
    const why = redacted ? 'Left out, as this report is redacted.' : 'No examples were recorded.';
    return { html: `<p>${why}</p>`, scriptSource: undefined };
  }
  const views = examples.slice(0, searchLimit).map(createExampleView);
  const left =
    views.length === examples.length
      ? ''
      : `<p class="note">The search finds the first ${formatCount(views.length)} of ${formatCount(examples.length)} users; <code>examples.jsonl</code> of the run holds all.</p>\n`;
  return {
    html: `${renderPromptExamples(views.slice(0, staticLimit))}\n${left}${renderExplorer(views)}`,
    scriptSource: explorerScriptSource,
  };
}
