import { InvalidArgumentError, type TextMessage } from '@rppkit/spec';
import { estimateTokens } from './estimate-tokens.ts';
import type { AnswerFormat, Expression } from './expression.ts';
import { computeWindow, type WindowOptions } from './history-window.ts';
import { renderCandidate } from './item-lines.ts';
import { getExpressions, type JointAction } from './joint-action.ts';
import type { PromptSection } from './layout.ts';
import type { PatternSpace } from './pattern-space.ts';
import { getPromptSentences, type PromptSentences } from './prompt-sentences.ts';
import type { TaskWithExamples } from './ranking-example.ts';
import { computeHistoryValues, computeListedCount, renderHeading, renderHistory } from './render-history.ts';
import { createResponseSchema } from './response-schema.ts';
import { renderTemplate, type SlotValues } from './template.ts';

/** Where a section stands in `ComposedPrompt.text`, in UTF-16 code units, end exclusive. */
export interface PromptSpan {
  readonly section: PromptSection;
  readonly start: number;
  readonly end: number;
}

/** A prompt and what is needed to send it and to read its answer. */
export interface ComposedPrompt {
  /** The whole prompt: its sections in order, with blank lines between them. */
  readonly text: string;
  /** The role sentence, where there is one, as a system message unless the layout says otherwise; the rest for the user. */
  readonly messages: readonly TextMessage[];
  /** One span a non-empty section, in order. */
  readonly spans: readonly PromptSpan[];
  /** How the answer is to be read. */
  readonly answer: AnswerFormat;
  /** The number of the first candidate. */
  readonly firstIndex: 0 | 1;
  /** How many history items were asked for; fewer are shown where the history is shorter. */
  readonly window: number;
  /** For the answer 'schema': the JSON schema that an answer must follow. */
  readonly responseSchema?: Readonly<Record<string, unknown>>;
  /** Tokens of `text`, as `countTokens` counts them. */
  readonly estimatedTokens: number;
}

/** How tokens are counted, and the round before. */
export interface ComposeOptions extends WindowOptions {
  /** Called once, with the whole text; default `estimateTokens`. */
  readonly countTokens?: (text: string) => number;
}

/**
 * The prompt of a joint action for a task. Pure: equal arguments give equal text. Candidates stand in the order of
 * `task.candidates`, marked [1], [2], …. Throws `InvalidArgumentError` for a choice outside the space, a task without
 * candidates, a task without `examples` where the prompt shows some, and items whose title or shown attributes are no text,
 * and `PatternError` for a space that `createPatternSpace` would refuse.
 */
export function composePrompt(
  space: PatternSpace,
  choice: JointAction,
  task: TaskWithExamples,
  { countTokens = estimateTokens, ...windowOptions }: ComposeOptions = {},
): ComposedPrompt {
  if (!Array.isArray(task?.history) || !Array.isArray(task.candidates)) {
    throw new InvalidArgumentError('task', 'a ranking task', task, 'Of a judged task pass its task.');
  }
  if (task.candidates.length === 0) {
    throw new InvalidArgumentError(
      `candidates of task ${task.id}`,
      'a list with items to rank',
      task.candidates,
      'Leave the task out.',
    );
  }
  const expressions = getExpressions(space, choice);
  const sentences = getPromptSentences(space);
  const { layout, positions } = sentences;
  const { firstIndex } = layout;
  const window = computeWindow(space.patterns[positions.history!]!, expressions[positions.history!]!, windowOptions);
  const content = renderSections(expressions, { task, window, sentences });

  const spans: PromptSpan[] = [];
  let text = '';
  for (const section of layout.order) {
    const part = content[section];
    if (part === '') continue;
    if (text !== '') text += '\n\n';
    spans.push({ section, start: text.length, end: text.length + part.length });
    text += part;
  }
  const { answer } = expressions[positions.format!]! as { readonly answer: AnswerFormat };
  return {
    text,
    messages: splitMessages(text, layout.roleMessage === 'system' ? content.role : ''),
    spans,
    answer,
    firstIndex,
    window,
    ...(answer === 'schema' ? { responseSchema: createResponseSchema(task.candidates.length, firstIndex) } : {}),
    estimatedTokens: assertTokens(countTokens(text)),
  };
}

function renderSections(
  expressions: readonly Expression[],
  {
    task,
    window,
    sentences,
  }: { readonly task: TaskWithExamples; readonly window: number; readonly sentences: PromptSentences },
): Readonly<Record<PromptSection, string>> {
  const { positions, phrases } = sentences;
  const history = expressions[positions.history!]!;
  const listedCount = computeListedCount(history, Math.min(window, task.history.length));
  const values = computeValues(task.candidates.length, listedCount, sentences);
  const render = (section: Exclude<PromptSection, 'candidates' | 'history'>): string => {
    const position = positions[section];
    return position === undefined
      ? ''
      : renderTemplate(sentences.getTemplates(expressions[position]!).template, values);
  };
  const { firstIndex } = sentences.layout;
  let candidates = renderHeading(renderTemplate(phrases.candidatesHeading, values));
  task.candidates.forEach((item, index) => {
    candidates += `${index === 0 ? '' : '\n'}[${firstIndex + index}] ${renderCandidate(item, sentences)}`;
  });
  return {
    role: render('role'),
    history: renderHistory(history, { task, window, values, sentences }),
    candidates,
    reasoning: render('reasoning'),
    format: render('format'),
  };
}

function computeValues(count: number, historyCount: number, sentences: PromptSentences): SlotValues {
  const {
    layout: { firstIndex },
    nouns: { itemNoun, itemsNoun },
  } = sentences;
  return {
    ...computeHistoryValues(historyCount, sentences),
    count,
    firstNumber: firstIndex,
    lastNumber: firstIndex + count - 1,
    candidateItems: count === 1 ? itemNoun : itemsNoun,
  };
}

/** A system message for the role, where it has one of its own, and a user message for the rest. */
function splitMessages(text: string, systemText: string): readonly TextMessage[] {
  if (systemText === '') return [{ role: 'user', text }];
  return [
    { role: 'system', text: systemText },
    { role: 'user', text: text.slice(systemText.length + 2) },
  ];
}

function assertTokens(tokens: number): number {
  if (Number.isFinite(tokens) && tokens >= 0) return tokens;
  throw new InvalidArgumentError('what countTokens gives', 'a number of tokens, at least 0', tokens);
}
