import { parseRanking } from '@rppkit/env';
import type { AnswerFormat } from '@rppkit/patterns';
import type { Item } from '@rppkit/spec';
import { type AnswerForm, readAnswerForm } from './answer-form.ts';
import { longestText, renderForms } from './folded-text.ts';
import type { Guard, GuardOutcome } from './guard.ts';

/** Titles that are hard to tell from the list around them. */
const awkwardTitles: readonly string[] = [
  'Crouching Tiger, Hidden Dragon (2000)',
  '21 Grams',
  'The "Burbs" of Ohio',
  '2001: A Space Odyssey',
  'M',
];
const order: readonly number[] = [2, 0, 4, 1, 3];

/**
 * Rejects as `unparsed` a format sentence whose answers could not be read as the parent's are. The answer that it asks for is
 * written by a model that follows it, for five titles with commas, numbers and quotation marks and for a single one, and read
 * with `parseRanking` under the parent's `answer`: all titles have to come back in order. Another content (numbers for titles)
 * and another field of an object are rejected too, and sentences that ask for no form at all. Answers that could be read but
 * are written in another form (a JSON array for a list) are `drift`. Other sections pass.
 */
export function createKeepAnswersReadableGuard(): Guard {
  return {
    name: 'keep-answers-readable',
    check({ pattern, parent, text }): GuardOutcome {
      const { answer } = parent;
      if (pattern.section !== 'format' || answer === undefined) return { status: 'passed' };
      const originals = renderForms(parent.template);
      for (const [index, form] of renderForms(text.slice(0, longestText)).entries()) {
        const original = originals[index]!;
        const problem = explainUnread(form, original, { answer, count: index === 0 ? 1 : order.length });
        if (problem === undefined) {
          const [before, after] = [original, form].map(readLayout);
          if (before === undefined || after === undefined || before === after) continue;
          return {
            status: 'rejected',
            reason: 'drift',
            detail: `Expected answers written as ${before}, received a sentence that asks for ${after}. Keep the form of the answer.`,
          };
        }
        return {
          status: 'rejected',
          reason: 'unparsed',
          detail: `Expected answers that can be read as ${descriptions[answer]}, but ${problem}. Ask for the same form of answer.`,
        };
      }
      return { status: 'passed' };
    },
  };
}

const layouts: Readonly<Record<AnswerForm['shape'], string>> = {
  numbered: 'a list',
  bullets: 'a list',
  lines: 'a list',
  example: 'a list',
  commas: 'one line',
  chain: 'one line',
  'json-array': 'a JSON array',
  'json-object': 'a JSON object',
  table: 'a table',
};

/** In which of the forms that the parser tells apart an answer is written; undefined where the sentence leaves that open. */
function readLayout(text: string): string | undefined {
  const form = readAnswerForm(text);
  return form && layouts[form.shape];
}

const descriptions: Readonly<Record<AnswerFormat, string>> = {
  titles: 'lists of titles',
  indices: "lists of the candidates' numbers",
  schema: 'an object with the field "ranking" and the candidates\' numbers',
};

function explainUnread(
  text: string,
  original: string,
  { answer, count }: { readonly answer: AnswerFormat; readonly count: number },
): string | undefined {
  const form = readAnswerForm(text);
  const before = readAnswerForm(original);
  // A parent that cannot be read itself is no measure: its rewrite is as good.
  if (form === undefined) return before === undefined ? undefined : 'the sentence asks for no list of them';
  const wanted = answer === 'titles' ? 'titles' : 'numbers';
  const content =
    form.content ?? (answer === 'titles' ? 'titles' : before?.content === undefined ? 'numbers' : undefined);
  if (content !== wanted) return `the sentence asks for ${content ?? 'something else'}`;
  if (answer === 'schema' && (form.shape !== 'json-object' || form.field !== (before?.field ?? 'ranking'))) {
    return form.field === undefined
      ? 'the sentence asks for no object'
      : `the sentence asks for the field "${form.field}"`;
  }
  const candidates: readonly Item[] = awkwardTitles
    .slice(0, count)
    .map((title, index) => ({ id: String(index), title }));
  const expected = count === 1 ? [0] : order;
  const written = renderAnswer(expected, form, content);
  const parsed = parseRanking(written, { candidates, answer });
  if (parsed.kind === 'complete' && [...parsed.order].join() === expected.join()) return undefined;
  return `an answer to this sentence is read as ${parsed.kind === 'invalid' ? 'invalid' : `${parsed.kind}, in another order`}`;
}

/** The answer of a model that does as it is told. */
function renderAnswer(ranked: readonly number[], form: AnswerForm, content: 'titles' | 'numbers'): string {
  const { shape, field, line = '', most = ranked.length, reversed } = form;
  const kept = ranked.slice(0, most);
  const places = reversed ? kept.toReversed() : kept;
  const texts = places.map((place) => (content === 'titles' ? awkwardTitles[place]! : String(place + 1)));
  const values = content === 'titles' ? texts : texts.map(Number);
  switch (shape) {
    case 'numbered':
      return texts.map((text, index) => `${index + 1}. ${content === 'titles' ? text : `[${text}]`}`).join('\n');
    case 'bullets':
      return texts.map((text) => `- ${content === 'titles' ? text : `[${text}]`}`).join('\n');
    case 'lines':
      return texts.map((text) => (content === 'titles' ? text : `[${text}]`)).join('\n');
    case 'commas':
      return texts.join(', ');
    case 'chain':
      return texts.map((text) => (content === 'titles' ? text : `[${text}]`)).join(' > ');
    case 'json-array':
      return JSON.stringify(values);
    case 'json-object':
      return JSON.stringify({ [field ?? 'ranking']: values });
    case 'table':
      return [
        '| Rank | Candidate |',
        '| --- | --- |',
        ...texts.map((text, index) => `| ${index + 1} | ${text} |`),
      ].join('\n');
    case 'example':
      return texts.map((text, index) => fillLine(line, text, index)).join('\n');
  }
}

function fillLine(line: string, text: string, index: number): string {
  const filled = /<[^<>]*>/.test(line) ? line.replace(/<[^<>]*>/, () => text) : line.replace(/\.\.\.|…/, () => text);
  return filled.replace(/^(\s{0,8})1(?=[.):、])/, (_, space: string) => `${space}${index + 1}`);
}
