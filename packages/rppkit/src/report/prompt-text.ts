import { InvalidArgumentError } from '@rppkit/spec';
import type { PromptExample } from '../experiment/results.ts';
import { cutText, escapeHtml } from './escape-html.ts';

const sections = ['role', 'history', 'candidates', 'reasoning', 'format'];
const sectionLimit = 6000;

/**
 * A prompt as blocks, one a section, each with its label and colour; text between sections other than white space gets a
 * block without a label. Throws for spans that overlap, are out of order or reach past the text.
 */
export function renderPromptText({ text, spans }: PromptExample['prompt']): string {
  const blocks: string[] = [];
  let position = 0;
  for (const { section, start, end } of spans) {
    if (start < position || end < start || end > text.length) {
      throw new InvalidArgumentError(
        `the span of the prompt section ${section}`,
        `to lie in order between ${position} and ${text.length}`,
        [start, end],
      );
    }
    blocks.push(renderRest(text.slice(position, start)));
    const colour = sections.includes(section) ? section : 'other';
    blocks.push(
      `<div class="section section-${colour}"><span class="label">${escapeHtml(cutText(section, 40))}</span>${renderBlock(text.slice(start, end))}</div>`,
    );
    position = end;
  }
  blocks.push(renderRest(text.slice(position)));
  return `<div class="prompt">${blocks.join('')}</div>`;
}

function renderRest(text: string): string {
  return text.trim() === '' ? '' : `<div class="section section-other">${renderBlock(text)}</div>`;
}

function renderBlock(text: string): string {
  return `<pre dir="auto">${escapeHtml(cutText(text, sectionLimit))}</pre>`;
}
