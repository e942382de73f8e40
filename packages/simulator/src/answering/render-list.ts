import type { RandomStream } from '@rppkit/spec';
import type { PromptReading } from '../reading/read-prompt.ts';
import type { AnswerPlan, JsonFault } from './answer-plan.ts';
import type { Impressions } from './render-thoughts.ts';

/** The list of an answer in the form that was asked for, and as the plan has it go wrong. */
export function renderList(
  { lines, remarks, fenced, jsonFault }: AnswerPlan,
  { history, candidates, labels, guidance }: PromptReading,
  impressions: Impressions,
  random: RandomStream,
): string {
  const { content, shape, field } = guidance.answer;
  const titles = (): string[] => lines.map((line) => (line < 0 ? history[~line]! : candidates[line]!));
  const marks = (): string[] => lines.map((line) => labels[line]!);
  if (shape === 'json') {
    const entries = content === 'titles' ? titles() : marks().map(toJsonLabel);
    return renderJsonList(entries, { field, fenced, fault: jsonFault, random });
  }
  if (shape === 'line') {
    return content === 'titles'
      ? titles().join(' > ')
      : marks()
          .map((mark) => `[${mark}]`)
          .join(' > ');
  }
  if (content === 'indices')
    return marks()
      .map((mark, place) => `${place + 1}. [${mark}]`)
      .join('\n');
  if (!remarks)
    return titles()
      .map((title, place) => `${place + 1}. ${title}`)
      .join('\n');
  const { remarkSeparators, remarks: wordings } = impressions.phrases;
  const separator = remarkSeparators[random.integer(remarkSeparators.length)]!;
  return titles()
    .map((title, place) => {
      const line = lines[place]!;
      const remark = line < 0 ? wordings.unknown : impressions.fill(wordings[impressions.findTrait(line)], line);
      return `${place + 1}. ${title}${separator}${remark}`;
    })
    .join('\n');
}

/** A label as JSON holds it: a number, or a letter as text. */
export function toJsonLabel(label: string): string | number {
  return /^\d+$/.test(label) ? Number(label) : label;
}

interface JsonListOptions {
  readonly field: string | undefined;
  readonly fenced: boolean;
  readonly fault: JsonFault | undefined;
  readonly random: RandomStream;
}

function renderJsonList(
  entries: readonly (string | number)[],
  { field, fenced, fault, random }: JsonListOptions,
): string {
  const value = field === undefined ? entries : { [field]: entries };
  // In a fence there is room: one entry a line.
  let text = JSON.stringify(value, undefined, fenced ? 2 : 0);
  if (fault === 'trailing-comma') text = text.replace(/\s*\][^\]]*$/, ',$&');
  if (fault === 'single-quotes') text = renderSingleQuoted(entries, field);
  if (fault === 'cut') text = text.slice(0, Math.ceil(text.length * (0.5 + random.uniform() / 2)) - 1);
  if (!fenced) return text;
  return fault === 'cut' ? `\`\`\`json\n${text}` : `\`\`\`json\n${text}\n\`\`\``;
}

/** As a Python programmer would print it, apostrophes inside titles left as they are. */
function renderSingleQuoted(entries: readonly (string | number)[], field: string | undefined): string {
  const list = `[${entries.map((entry) => (typeof entry === 'string' ? `'${entry}'` : entry)).join(', ')}]`;
  return field === undefined ? list : `{'${field}': ${list}}`;
}
