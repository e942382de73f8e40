import { type HistoryEntry, InvalidArgumentError, type Item } from '@rppkit/spec';
import { renderItemText, renderItemTitle } from './item-text.ts';
import type { PromptSentences } from './prompt-sentences.ts';
import { renderTemplate } from './template.ts';

const secondsPerDay = 86_400;

/** The numbered lines of history entries, given oldest first, in the order that the space wants. */
export function renderHistoryLines(entries: readonly HistoryEntry[], sentences: PromptSentences): string {
  const { order, attributes, ratings, timeGaps } = sentences.records;
  const listed = order === 'oldest-first' ? entries : entries.toReversed();
  const detailed = ratings || timeGaps || attributes.length > 0;
  let text = '';
  listed.forEach((entry, index) => {
    const { item } = entry;
    text += `${index === 0 ? '' : '\n'}${index + 1}. ${renderItemTitle(item)}`;
    if (!detailed) return;
    const details = renderAttributes(item, attributes, sentences);
    if (ratings && entry.rating !== undefined && Number.isFinite(entry.rating)) {
      details.push(renderTemplate(sentences.phrases.rating, { rating: Math.round(entry.rating * 100) / 100 }));
    }
    const gap = timeGaps ? renderTimeGap(entry, listed[index - 1], sentences) : undefined;
    if (gap !== undefined) details.push(gap);
    text += renderDetails(details, sentences);
  });
  return text;
}

/** The line of a candidate after its number. */
export function renderCandidate(item: Item, sentences: PromptSentences): string {
  const { candidateAttributes } = sentences.layout;
  if (candidateAttributes.length === 0) return renderItemTitle(item);
  return renderItemTitle(item) + renderDetails(renderAttributes(item, candidateAttributes, sentences), sentences);
}

/** One text for each attribute that the item has; all values of one are shortened together. */
function renderAttributes(item: Item, names: readonly string[], { phrases }: PromptSentences): string[] {
  const separator = renderTemplate(phrases.valueSeparator, {});
  return names.flatMap((name) => {
    const { attributes = {} } = item;
    // An attribute may be called "constructor"; what objects inherit is none.
    const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (value === undefined) return [];
    if (typeof value !== 'string' && !Array.isArray(value)) {
      throw new InvalidArgumentError(
        `attribute ${name} of item ${item.id}`,
        'a text or a list of texts',
        value,
        'Write numbers as text; leave out what is not known.',
      );
    }
    const values = renderItemText(typeof value === 'string' ? value : value.join(separator));
    return values === '' ? [] : [renderTemplate(phrases.attribute, { name: renderItemText(name), values })];
  });
}

/** Undefined for the first entry of a list, without times, and where the times contradict the order. */
function renderTimeGap(
  { time }: HistoryEntry,
  above: HistoryEntry | undefined,
  { phrases, records }: PromptSentences,
): string | undefined {
  if (time === undefined || above?.time === undefined) return undefined;
  const backwards = records.order === 'recent-first';
  const difference = Math.floor(time / secondsPerDay) - Math.floor(above.time / secondsPerDay);
  const days = backwards ? -difference : difference;
  if (!(days >= 0 && Number.isFinite(days))) return undefined;
  if (days === 0) return renderTemplate(phrases.sameDay, {});
  const [unit, amount] = computeGap(days);
  const gap = renderTemplate(phrases[unit], { amount });
  return renderTemplate(backwards ? phrases.earlier : phrases.later, { gap });
}

/** As people say it: in days for two weeks, in weeks for two months, in months for two years. */
function computeGap(days: number): readonly [unit: 'days' | 'weeks' | 'months' | 'years', amount: number] {
  if (days < 14) return ['days', days];
  if (days < 60) return ['weeks', Math.round(days / 7)];
  if (days < 730) return ['months', Math.round(days / 30.44)];
  return ['years', Math.round(days / 365.25)];
}

function renderDetails(details: readonly string[], { phrases }: PromptSentences): string {
  if (details.length === 0) return '';
  return renderTemplate(phrases.details, { details: details.join(renderTemplate(phrases.detailSeparator, {})) });
}
