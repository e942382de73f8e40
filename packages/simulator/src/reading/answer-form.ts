import type { Evidence } from './clauses.ts';

/** The shape of the answer that a prompt asks for. */
export interface AnswerForm {
  /** What stands for a candidate. */
  readonly content: 'titles' | 'indices';
  /** Numbered lines, one line such as `[2] > [1]`, or JSON. */
  readonly shape: 'list' | 'line' | 'json';
  /** The field that holds the ranking where a JSON object is asked for; absent: a bare array. */
  readonly field?: string;
}

/** `[B] > [C]`, `3 > 1 > 2`. */
const chain = /\[\w{1,3}\] ?[>＞›]|greater[- ]than sign|大于号|\b\d{1,3} ?> ?\d{1,3} ?>|\b[A-Z] ?> ?[A-Z]\b/;
const jsonWord = /json|数组|\barray\b/i;
/** `["A", …`, `{"ranking": [`, `[2, 1, 3]`. */
const quotedArray = /\[\s{0,9}["“<]/;
const numberArray = /\[ ?\d{1,3} ?, ?\d{1,3}\b/;
const shownField = /\{\s{0,9}["“]?([\p{L}_][\w-]{0,40})["”]?\s{0,9}[:：]\s{0,9}\[/u;
const namedField =
  /\b(?:field|key|property|attribute|member|entry)(?: (?:is|called|named|with the name))?,? ?["“'‘`「]([\p{L}_][\w-]{0,40})["”'’`」]|["“'‘`]([\p{L}_][\w-]{0,40})["”'’`],? (?:field|key|property|attribute)\b|(?:字段|键|属性)(?:名)?(?:是|为|叫|叫做|名为)? ?["“'‘`「]([\p{L}_][\w-]{0,40})["”'’`」]/iu;
const minimumStrength = 0.5;

/** Reads the form from what the sentences say and from examples in the text, with which an exact form may be shown. */
export function readAnswerForm(evidence: readonly Evidence[], text: string): AnswerForm {
  const strengths = { json: 0, object: 0, indices: 0, titles: 0 };
  for (const { kind, plain, denied } of evidence) {
    if (kind !== 'json' && kind !== 'object' && kind !== 'indices' && kind !== 'titles') continue;
    // A form knows no degrees: "perhaps a JSON array" asks for one. Naming it twice does not make it more wanted; denying it
    // once is enough.
    strengths[kind] = denied ? Math.min(strengths[kind], -plain) : strengths[kind] < 0 ? strengths[kind] : plain;
  }
  const field = readField(text);
  // Labels in brackets are no JSON.
  const chained = chain.test(text) && !jsonWord.test(text);
  const json =
    !chained &&
    strengths.json >= 0 &&
    (strengths.json >= minimumStrength || field !== undefined || quotedArray.test(text) || numberArray.test(text));
  const shown = chain.test(text) || (json && numberArray.test(text));
  const asked = strengths.indices >= minimumStrength && !(strengths.titles > 0 && !shown);
  const content = shown || asked || (strengths.titles < 0 && strengths.indices > 0) ? 'indices' : 'titles';
  if (json) return field === undefined ? { content, shape: 'json' } : { content, shape: 'json', field };
  return { content, shape: content === 'indices' ? 'line' : 'list' };
}

function readField(text: string): string | undefined {
  const shown = shownField.exec(text)?.[1];
  if (shown !== undefined) return shown;
  const named = namedField.exec(text);
  return named === null ? undefined : (named[1] ?? named[2] ?? named[3]);
}

const jsonStart = /^\s{0,99}(?:```\w{0,9}\s{1,9})?([[{])/;
const jsonString = /"(?:[^"\\\n]|\\.)*"(?!\s{0,9}:)/g;
const labelChain = /^\s{0,99}\[?\w{1,3}\]?(?: ?[>,] ?\[?\w{1,3}\]?)+\s{0,99}$/;
const maximumShown = 200;

/** The form of an answer without its titles, as an example in instructions would show it; empty for a list of titles. */
export function renderShownForm(answer: string): string {
  if (labelChain.test(answer)) return '[B] > [C] > [A]';
  const start = jsonStart.exec(answer);
  if (start === null) return '';
  return answer
    .slice(start[0].length - 1)
    .slice(0, maximumShown)
    .replaceAll(jsonString, '"<title>"')
    .replaceAll(/\s+/g, ' ');
}
