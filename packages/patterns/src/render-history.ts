import { InvalidArgumentError } from '@rppkit/spec';
import type { Expression } from './expression.ts';
import { renderHistoryLines } from './item-lines.ts';
import { renderItemTitle } from './item-text.ts';
import type { PromptSentences } from './prompt-sentences.ts';
import type { RankingExample, TaskWithExamples } from './ranking-example.ts';
import { renderTemplate, type SlotValues } from './template.ts';

/** Values of the slots that speak of a list of so many history items. */
export function computeHistoryValues(
  historyCount: number,
  { records, phrases, nouns: { itemNoun, itemsNoun } }: PromptSentences,
): SlotValues {
  return {
    historyCount,
    historyItems: historyCount === 1 ? itemNoun : itemsNoun,
    orderPhrase:
      historyCount < 2
        ? ''
        : renderTemplate(records.order === 'oldest-first' ? phrases.oldestFirst : phrases.recentFirst, {}),
  };
}

/**
 * How many items of a window stand in the list: one of them may be held out for the closing, which a single item has not.
 */
export function computeListedCount({ heldOut }: Expression, shownCount: number): number {
  return heldOut === true && shownCount > 1 ? shownCount - 1 : shownCount;
}

/** The history section: the list or what stands for it, its closing, and examples of other people. */
export function renderHistory(
  expression: Expression,
  {
    task,
    window,
    values,
    sentences,
  }: {
    readonly task: TaskWithExamples;
    readonly window: number;
    readonly values: SlotValues;
    readonly sentences: PromptSentences;
  },
): string {
  const { template, closing, example, examplesHeading } = sentences.getTemplates(expression);
  const shown = task.history.slice(-window);
  const listed = shown.slice(0, computeListedCount(expression, shown.length));
  let text =
    listed.length === 0
      ? renderTemplate(sentences.phrases.emptyHistory, values)
      : renderHeading(renderTemplate(template, values)) + renderHistoryLines(listed, sentences);
  if (closing !== undefined && shown.length > 1) {
    text += `\n${renderTemplate(closing, { ...values, latestTitle: renderItemTitle(shown.at(-1)!.item) })}`;
  }
  if (example === undefined || examplesHeading === undefined) return text;
  const examples = getExamples(task).slice(0, expression.examples!.count);
  if (examples.length === 0) return text;
  const heading = renderTemplate(examplesHeading, { ...values, exampleCount: examples.length });
  const blocks = examples.map(({ history, chosen }, index) =>
    renderTemplate(example, {
      ...values,
      ...computeHistoryValues(history.length, sentences),
      exampleNumber: index + 1,
      exampleHistory: renderHistoryLines(history, sentences),
      chosenTitle: renderItemTitle(chosen),
    }),
  );
  return [text, ...(heading === '' ? [] : [heading]), ...blocks].join('\n\n');
}

/** A heading on a line of its own; an empty one takes none. */
export function renderHeading(heading: string): string {
  return heading === '' ? '' : `${heading}\n`;
}

function getExamples({ id, examples }: TaskWithExamples): readonly RankingExample[] {
  if (examples === undefined) {
    throw new InvalidArgumentError(
      `examples of task ${id}`,
      'a list of worked examples, since the prompt shows some',
      examples,
      'Put them into the task; [] where there are none.',
    );
  }
  for (const { history } of examples) {
    if (history.length > 0) continue;
    throw new InvalidArgumentError(`examples of task ${id}`, 'each to have a history of at least one item', history);
  }
  return examples;
}
