import { type Expression, type Pattern, readLanguage, readSlots } from '@rppkit/patterns';
import type { TextMessage } from '@rppkit/spec';
import type { Evidence } from './refinement.ts';
import { requestWords } from './request-words.ts';

/** What the refining model is told. */
export interface RequestParts {
  readonly pattern: Pattern;
  readonly expression: Expression;
  /** Of the sentence, such as `en` or `zh-Hans`. */
  readonly language: string;
  /** Longest rewrite, in characters. */
  readonly maximumLength: number;
  readonly evidence: Evidence;
  /** Rewrites that were turned down, with what was wrong with them. */
  readonly earlier: readonly { readonly text: string; readonly details: readonly string[] }[];
}

/**
 * The request to rewrite one expression: one message, in the language of the prompt where that is English or simplified
 * Chinese, else in English.
 */
export function composeRequest({
  pattern,
  expression,
  language,
  maximumLength,
  evidence,
  earlier,
}: RequestParts): readonly TextMessage[] {
  const words = requestWords[readLanguage(language) ?? 'en'];
  const { template, perspective } = expression;
  const slots = [...new Set(readSlots(template).map(({ name, forms }) => (forms ? `{${name}:…|…}` : `{${name}}`)))];
  const list = (heading: string, entries: readonly string[]): string[] =>
    entries.length === 0 ? [] : [`${heading}\n${entries.map((entry) => `- ${entry}`).join('\n')}`];
  const parts = [
    [words.opening, words.purpose(words.purposes[pattern.section], perspective)].join('\n'),
    `${words.task}\n<sentence>${template}</sentence>`,
    ...list(words.keep, [
      ...(slots.length === 0 ? [] : [words.slots(slots)]),
      words.meaning(language),
      words.length(maximumLength),
    ]),
    [words.others, words.copying].join('\n'),
    ...list(words.evidence, evidence.facts.map(flatten)),
    ...list(words.examples, (evidence.examples ?? []).map(flatten)),
    ...list(
      words.earlier,
      earlier.map(({ text, details }) => words.attempt(text, details)),
    ),
    words.reply,
  ];
  return [{ role: 'user', text: parts.join('\n\n') }];
}

/** A text of several lines would end the list. */
function flatten(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
