import { InvalidArgumentError } from '@rppkit/spec';
import type { PromptExample } from '../experiment/results.ts';

/** A part of a prompt; without a section for text between sections. */
export interface PromptPart {
  readonly section?: string;
  readonly text: string;
}

/**
 * A prompt in parts, one a section; text between sections becomes a part of its own unless it is white space. Throws
 * `InvalidArgumentError` for spans that overlap, are out of order or reach past the text.
 */
export function splitPrompt({ text, spans }: PromptExample['prompt']): readonly PromptPart[] {
  const parts: PromptPart[] = [];
  let position = 0;
  const addRest = (end: number): void => {
    const rest = text.slice(position, end);
    if (rest.trim() !== '') parts.push({ text: rest });
  };
  for (const { section, start, end } of spans) {
    if (start < position || end < start || end > text.length) {
      throw new InvalidArgumentError(
        `the span of the prompt section ${section}`,
        `to lie in order between ${position} and ${text.length}`,
        [start, end],
      );
    }
    addRest(start);
    parts.push({ section, text: text.slice(start, end) });
    position = end;
  }
  addRest(text.length);
  return parts;
}
