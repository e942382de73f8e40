import { describeValue, type Item } from '@rppkit/spec';
import { assertOneOf } from '../assert-one-of.ts';
import { type InteractionOrder, interactionOrders } from '../dataset.ts';
import { DatasetError } from '../dataset-error.ts';
import { readRecords } from '../delimited/read-records.ts';
import { decodeField, type RecordBatch } from '../delimited/record-batch.ts';
import type { DataFile } from '../files/data-file.ts';
import { type ReadOptions, refuseLine } from '../files/read-options.ts';
import { InteractionCollector } from '../interaction-collector.ts';
import type { InteractionLog } from '../interaction-log.ts';
import { type AtomicColumn, type AtomicColumns, atomicSyntax, readAtomicHeader } from './atomic-header.ts';
import { type InteractionColumns, readInteractionTable } from './interaction-table.ts';

export interface AtomicInteractionOptions extends ReadOptions {
  /**
   * Names of the columns, without types; default `user_id`, `item_id` and, where present, `rating` (as value), `timestamp`
   * (as time) and `position` (of type `float`). RecBole's own files have others, such as `artist_id` and `weight` for
   * Last.fm. The list of a user's items has the name of the item column with `_list` after it.
   */
  readonly columns?: AtomicColumns;
  /**
   * Meaning of the order. Default `timestamp` with a time column, else `column` with a position column or with lists of
   * items, else `none`. Under `column` a time column without a position column is taken as position; under `none` it is
   * not read.
   */
  readonly order?: InteractionOrder;
  /** Known items; they come first. An item that only interactions name is added. */
  readonly items?: readonly Item[];
}

const usualColumns = { user: 'user_id', item: 'item_id', value: 'rating', time: 'timestamp', position: 'position' };

/**
 * Interactions of an atomic `.inter` file in either of its forms: one row an interaction (user, item, and where present
 * value, time and position), or one row a user (user, a list of items with the history, and the target item, which becomes
 * the user's last interaction). Throws `DatasetError` with file and line for a missing column, an empty id, a time that is
 * none, a user with two rows of lists, and as `readRecords` does.
 */
export async function readAtomicInteractions(
  file: DataFile,
  options: AtomicInteractionOptions = {},
): Promise<{ readonly log: InteractionLog; readonly order: InteractionOrder }> {
  const header = await readAtomicHeader(file);
  const names = { ...usualColumns, ...options.columns };
  const find = (name: string): AtomicColumn | undefined => header.find((column) => column.name === name);
  // A column that was named but is missing is for whoever looks for it to refuse.
  const has = (field: keyof InteractionColumns): boolean =>
    options.columns?.[field] !== undefined ||
    header.some(({ name, type }) => name === names[field] && (field !== 'position' || type === 'float'));
  const lists = find(`${names.item}_list`) !== undefined;
  const defaultOrder = has('time') && !lists ? 'timestamp' : has('position') || lists ? 'column' : 'none';
  const { order = defaultOrder, items = [] } = options;
  assertOneOf('order', order, interactionOrders);
  if (lists) return { log: await readLists(file, header, names, items, options), order };
  const label = (field: keyof InteractionColumns): string => find(names[field]!)?.label ?? `${names[field]}:token`;
  const log = await readInteractionTable(file, {
    ...options,
    ...atomicSyntax,
    header: undefined,
    columns: {
      user: label('user'),
      item: label('item'),
      ...(has('value') && { value: label('value') }),
      ...((order === 'timestamp' || (order === 'column' && has('time') && has('position'))) && { time: label('time') }),
      ...(has('position') && { position: label('position') }),
      ...(order === 'column' && has('time') && !has('position') && { position: label('time') }),
      ...(has('title') && { title: label('title') }),
    },
    timeFormat: 'seconds',
    items,
    closedItems: false,
  });
  return { log, order };
}

async function readLists(
  file: DataFile,
  header: readonly AtomicColumn[],
  names: Pick<InteractionColumns, 'user' | 'item'>,
  items: readonly Item[],
  options: ReadOptions,
): Promise<InteractionLog> {
  const [user, list, target] = [names.user, `${names.item}_list`, names.item].map((name) => {
    const column = header.findIndex((candidate) => candidate.name === name);
    if (column !== -1) return column;
    throw new DatasetError(file.name, `a column named ${name} beside the lists`, 'none', { line: 1 });
  });
  const collector = new InteractionCollector(items, { time: false, position: false, value: false });
  // The header was read before.
  let first = 1;
  for await (const batch of readRecords(file, atomicSyntax, options)) {
    for (let record = first; record < batch.records; record++) {
      const userId = decodeField(batch, record, user!);
      const targetId = decodeField(batch, record, target!);
      const line = batch.lines[record]!;
      const known = collector.users.size;
      if (userId === '' || targetId === '') {
        const error = new DatasetError(file.name, 'an id of a user and of an item', '""', { line });
        refuseLine(error, options);
        continue;
      }
      const userIndex = collector.users.internText(userId);
      if (userIndex < known) {
        refuseLine(new DatasetError(file.name, 'one row a user', `${describeValue(userId)} again`, { line }), options);
        continue;
      }
      appendList(collector, batch, record * batch.columns + list!, userIndex);
      collector.append(userIndex, collector.items.internText(targetId), 0, 0, 0);
    }
    first = 0;
  }
  if (collector.length === 0) throw new DatasetError(file.name, 'at least one interaction', 'none');
  return collector.takeLog();
}

function appendList(
  collector: InteractionCollector,
  { bytes, starts, ends }: RecordBatch,
  field: number,
  user: number,
): void {
  const end = ends[field]!;
  for (let start = starts[field]!; start < end; ) {
    let stop = start;
    while (stop < end && bytes[stop] !== 0x20) stop++;
    if (stop > start) collector.append(user, collector.items.intern(bytes, start, stop), 0, 0, 0);
    start = stop + 1;
  }
}
