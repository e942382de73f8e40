import { wrapText } from '@rppkit/metrics/report';
import type { ExplainedField } from '../../configuration/explain-config.ts';

const width = 80;

/** Fields of a configuration as text for a terminal of 80 columns: value and origin on one line, the meaning below it. */
export function renderExplanation(fields: readonly ExplainedField[], file: string | undefined): string {
  const blocks = fields.map(({ field, value, origin, meaning }) => {
    const shown = value === undefined ? 'not set' : renderValue(value);
    const source = origin.from === 'flag' ? `flag ${origin.flag}` : origin.from;
    const [first, ...more] = wrapText(`${field}: ${shown}  (${source})`, width);
    return [first, ...more.map((line) => `  ${line}`), ...indent(meaning)].join('\n');
  });
  return `Configuration file: ${file ?? 'none'}\n\n${blocks.join('\n')}`;
}

function renderValue(value: unknown): string {
  return typeof value === 'string' && /^[^\s"]+$/.test(value) ? value : JSON.stringify(value);
}

function indent(text: string): string[] {
  return wrapText(text, width - 4).map((line) => `    ${line}`);
}
