import type { Dataset, DatasetDescription, InteractionOrder } from '@rppkit/datasets';
import { renderTable } from '@rppkit/metrics/report';

const orders: Readonly<Record<InteractionOrder, string>> = {
  timestamp: 'time',
  column: 'declared, not time: "last" means last in that order',
  none: 'unknown: no item is the last, so no task can be made',
};

/** What is in a data set, as a table for the terminal. `example` is one of its items. */
export function renderDescription(name: string, description: DatasetDescription, example: string): string {
  const { historyLength, timeSpan, valueRange } = description;
  const { minimum, q25, median, q75, q95, maximum, mean } = historyLength;
  const quartiles = [q25, median, q75].map(formatQuantile).join(', ');
  const rows: [string, string][] = [
    ['order', orders[description.order]],
    ['users', formatCount(description.users)],
    [
      'items',
      `${formatCount(description.items)}, ${formatCount(description.unusedItems)} of them without interactions`,
    ],
    [
      'interactions',
      `${formatCount(description.interactions)}, ${formatCount(description.repeatedInteractions)} of them repeats`,
    ],
    ['sparsity', formatShare(description.sparsity)],
    [
      'items a user',
      `mean ${mean.toFixed(1)}; minimum ${minimum}, quartiles ${quartiles}, 95 % ${formatQuantile(q95)}, maximum ${maximum}`,
    ],
    [
      'popularity',
      `Gini ${description.popularityGini.toFixed(3)}; the top 1 % of items have ${formatShare(description.topItemsShare)}`,
    ],
    ['times', timeSpan === undefined ? 'none' : `${formatTime(timeSpan.first)} to ${formatTime(timeSpan.last)}`],
    ['values', valueRange === undefined ? 'none' : `${valueRange.minimum} to ${valueRange.maximum}`],
    [
      'titles',
      `${formatCount(description.duplicateTitles)} shared by several items, ${formatCount(description.untitledItems)} equal to the id`,
    ],
    ['an item', example],
  ];
  return renderTable({ columns: ['data set', name], rows, alignment: ['left', 'left'] }, { maxWidth: 80 });
}

/** The first item as readers see it, which shows whether titles and attributes were read as meant. */
export function describeFirstItem({ log }: Dataset): string {
  const { id, title, attributes = {} } = log.items[0]!;
  const parts = Object.entries(attributes).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : value.join(', ')}`,
  );
  return [`${id}: ${title}`, ...parts].join('; ');
}

/** One decimal where there is one. */
function formatQuantile(value: number): string {
  return String(Number(value.toFixed(1)));
}

function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

function formatShare(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** To the minute, in UTC. */
function formatTime(seconds: number): string {
  return `${new Date(1000 * seconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
