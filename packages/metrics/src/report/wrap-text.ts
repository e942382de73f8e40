import { computeDisplayWidth } from './display-width.ts';

/**
 * The lines of a text when no line may be wider than `width` terminal columns: broken at its own line breaks, and at
 * blanks where a line is too wide. A wider single word stays whole.
 */
export function wrapText(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => (computeDisplayWidth(line) <= width ? [line] : wrapLine(line, width)));
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of line.split(/\s+/).filter((part) => part !== '')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && computeDisplayWidth(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
