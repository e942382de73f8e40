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
import { type AtomicColumn, atomicSyntax, readAtomicHeader } from './atomic-header.ts';
import { readInteractionTable } from './interaction-table.ts';

export interface AtomicInteractionOptions extends ReadOptions {
  /**
   * Meaning of the order. Default `timestamp` with a column `timestamp`, else `column` with a column `position` or with
   * lists of items, else `none`. Under `column` a column `timestamp` without a column `position` is taken as position.
   */
  readonly order?: InteractionOrder;
  /** Known items; they come first. An item that only interactions name is added. */
  readonly items?: readonly Item[];
}

/**
 * Interactions of an atomic `.inter` file in either of its forms: one row an interaction (`user_id`, `item_id`, and where
 * present `rating` and `timestamp`), or one row a user (`user_id`, `item_id_list` with the history, and the target
 * `item_id`, which becomes the user's last interaction). Throws `DatasetError` with file and line for a missing column, an
 * empty id, a time that is none, a user with two rows of lists, and as `readRecords` does.
 */
export async function readAtomicInteractions(
  file: DataFile,
  options: AtomicInteractionOptions = {},
): Promise<{ readonly log: InteractionLog; readonly order: InteractionOrder }> {
  const header = await readAtomicHeader(file);
  const has = (name: string): boolean => header.some((column) => column.name === name);
  const lists = has('item_id_list');
  const defaultOrder = has('timestamp') && !lists ? 'timestamp' : has('position') || lists ? 'column' : 'none';
  const { order = defaultOrder, items = [] } = options;
  assertOneOf('order', order, interactionOrders);
  if (lists) return { log: await readLists(file, header, items, options), order };
  const label = (name: string): string => header.find((column) => column.name === name)?.label ?? `${name}:token`;
  const position = has('position') ? 'position' : has('timestamp') ? 'timestamp' : undefined;
  const log = await readInteractionTable(file, {
    ...options,
    ...atomicSyntax,
    header: undefined,
    columns: {
      user: label('user_id'),
      item: label('item_id'),
      ...(has('rating') && { value: label('rating') }),
      ...(order === 'timestamp' && { time: label('timestamp') }),
      ...(order === 'column' && position !== undefined && { position: label(position) }),
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
  items: readonly Item[],
  options: ReadOptions,
): Promise<InteractionLog> {
  const [user, list, target] = ['user_id', 'item_id_list', 'item_id'].map((name) => {
    const column = header.findIndex((candidate) => candidate.name === name);
    if (column !== -1) return column;
    throw new DatasetError(file.name, `a column named ${name} beside the lists`, 'none', { line: 1 });
  });
  const collector = new InteractionCollector(items, { time: false, position: false, value: false });
  for await (const batch of readRecords(file, atomicSyntax, options)) {
    for (let record = batch.lines[0] === 1 ? 1 : 0; record < batch.records; record++) {
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
  }
  if (collector.length === 0) throw new DatasetError(file.name, 'at least one interaction', 'a header alone');
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
