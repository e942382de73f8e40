import type { RankingTask, TextMessage } from '@rppkit/spec';
import type { AnswerFormat } from './expression.ts';
import { renderItemTitle } from './item-text.ts';
import type { PatternSection } from './pattern.ts';
import { getExpressions, type JointAction, type PatternSpace } from './pattern-space.ts';
import { renderTemplate } from './template.ts';

/** Where a section stands in `ComposedPrompt.text`, in UTF-16 code units, end exclusive. */
export interface PromptSpan {
  readonly section: PatternSection | 'candidates';
  readonly start: number;
  readonly end: number;
}

export interface ComposedPrompt {
  /** The whole prompt: its sections in order, with blank lines between them. */
  readonly text: string;
  /** The role sentence, where there is one, as a system message; everything else as one user message. */
  readonly messages: readonly TextMessage[];
  /** One span a non-empty section, in order. */
  readonly spans: readonly PromptSpan[];
  /** How the answer is to be read. */
  readonly answer: AnswerFormat;
}

/**
 * The prompt of a joint action for a task: role, history, candidates, reasoning, format. Pure: equal arguments give equal
 * text. Candidates stand in the order of `task.candidates`, numbered from [1]. Throws for a choice outside the space.
 */
export function composePrompt(space: PatternSpace, choice: JointAction, task: RankingTask): ComposedPrompt {
  const expressions = getExpressions(space, choice);
  const bySection = new Map(space.patterns.map((pattern, position) => [pattern.section, expressions[position]!]));
  const history = bySection.get('history')!;
  const shown = task.history.slice(-history.window!);
  const values = { ...space.domain, count: task.candidates.length, historyCount: shown.length };
  const render = (section: PatternSection): string => renderTemplate(bySection.get(section)?.template ?? '', values);

  const records =
    shown.length === 0
      ? renderTemplate('I have not {interactedVerb} any {itemsNoun} yet.', values)
      : [render('history'), ...shown.map(({ item }, index) => `${index + 1}. ${renderItemTitle(item)}`)].join('\n');
  const candidates = [
    renderTemplate('These are {count} candidate {itemsNoun} for what I {interactVerb} next:', values),
    ...task.candidates.map((item, index) => `[${index + 1}] ${renderItemTitle(item)}`),
  ].join('\n');

  const sections: readonly (readonly [PromptSpan['section'], string])[] = [
    ['role', render('role')],
    ['history', records],
    ['candidates', candidates],
    ['reasoning', render('reasoning')],
    ['format', render('format')],
  ];
  const spans: PromptSpan[] = [];
  let text = '';
  for (const [section, content] of sections) {
    if (content === '') continue;
    const start = text === '' ? 0 : text.length + 2;
    text = text === '' ? content : `${text}\n\n${content}`;
    spans.push({ section, start, end: text.length });
  }
  const role = sections[0]![1];
  const messages: TextMessage[] = role === '' ? [] : [{ role: 'system', text: role }];
  messages.push({ role: 'user', text: role === '' ? text : text.slice(role.length + 2) });
  return { text, messages, spans, answer: bySection.get('format')!.answer! };
}
