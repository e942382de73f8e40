import { type Dataset, type DatasetDescription, describeDataset, type InteractionOrder } from '@rppkit/datasets';
import { renderTable } from '@rppkit/metrics/report';
import type { Command } from 'commander';
import { addDataFlags, type DataFlags } from '../../data/data-flags.ts';
import type { CliStreams } from '../../run-cli.ts';
import { openData } from './open-data.ts';

interface InspectFlags extends DataFlags {
  readonly json?: boolean;
}

const orders: Readonly<Record<InteractionOrder, string>> = {
  timestamp: 'time',
  column: 'declared, not time: "last" means last in that order',
  none: 'unknown: no item is the last, so no task can be made',
};

/** `rppkit data inspect PATH`: what is in a data set. */
export function addInspectCommand(data: Command, { stdout, stderr }: CliStreams): void {
  const command = data
    .command('inspect')
    .description('describe a data set: counts, history lengths, popularity, times, titles')
    .argument('<path>', 'folder, zip archive or file')
    .option('--json', 'print JSON');
  addDataFlags(command).action(async (path: string, flags: InspectFlags) => {
    const { dataset, checksums, skipped } = await openData(path, flags, stderr);
    const description = describeDataset(dataset);
    const example = getExample(dataset);
    if (flags.json) {
      const all = { name: dataset.name, ...description, example, skippedLines: skipped.count, checksums };
      stdout.write(`${JSON.stringify(all, null, 2)}\n`);
      return;
    }
    stdout.write(`${renderDescription(dataset.name, description, example)}\n`);
  });
}

function renderDescription(name: string, description: DatasetDescription, example: string): string {
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
function getExample({ log }: Dataset): string {
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
