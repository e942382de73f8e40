import { InvalidArgumentError } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import { assertMask } from './assert-mask.ts';

/**
 * The rows of a data set that a mask (`Uint8Array [interactions]`, 1 stays, 0 goes) keeps, in their order and with all
 * columns. Users without rows are dropped, the others are numbered as they appear. Items stay as they are, with or without
 * rows, unless `items` (`Uint8Array [items]`) masks them. Throws `InvalidArgumentError` for a mask of another length or with
 * other entries, such as row roles, and for a kept row of a dropped item.
 */
export function selectRows(
  dataset: Dataset,
  mask: Uint8Array,
  { items: itemMask }: { readonly items?: Uint8Array } = {},
): Dataset {
  const { log } = dataset;
  assertMask('mask', mask, log.user.length);
  if (itemMask !== undefined) assertMask('items', itemMask, log.items.length);
  const rows = selectIndices(mask);
  const users = renumberUsers(log.user, rows, log.users);
  const kept = {
    users: users.ids,
    user: users.column,
    ...(itemMask === undefined
      ? { items: log.items, item: selectEntries(log.item, rows, new Int32Array(rows.length)) }
      : renumberItems(dataset, rows, itemMask)),
    ...(log.time !== undefined && { time: selectEntries(log.time, rows, new Float64Array(rows.length)) }),
    ...(log.position !== undefined && { position: selectEntries(log.position, rows, new Float64Array(rows.length)) }),
    ...(log.value !== undefined && { value: selectEntries(log.value, rows, new Float32Array(rows.length)) }),
  };
  if (dataset.userAttributes === undefined) return { ...dataset, log: kept };
  const userAttributes = new Map<string, Readonly<Record<string, string | readonly string[]>>>();
  for (const user of kept.users) {
    const attributes = dataset.userAttributes.get(user);
    if (attributes !== undefined) userAttributes.set(user, attributes);
  }
  return { ...dataset, log: kept, userAttributes };
}

function selectIndices(mask: Uint8Array): Int32Array {
  let count = 0;
  for (let row = 0; row < mask.length; row++) if (mask[row] !== 0) count++;
  const rows = new Int32Array(count);
  let length = 0;
  for (let row = 0; row < mask.length; row++) if (mask[row] !== 0) rows[length++] = row;
  return rows;
}

function renumberUsers(
  column: Int32Array,
  rows: Int32Array,
  ids: readonly string[],
): { readonly ids: readonly string[]; readonly column: Int32Array } {
  const numbers = new Int32Array(ids.length).fill(-1);
  const kept: string[] = [];
  const renumbered = new Int32Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const user = column[rows[at]!]!;
    if (numbers[user] === -1) numbers[user] = kept.push(ids[user]!) - 1;
    renumbered[at] = numbers[user]!;
  }
  return { ids: kept, column: renumbered };
}

function renumberItems({ log }: Dataset, rows: Int32Array, mask: Uint8Array): Pick<Dataset['log'], 'items' | 'item'> {
  const numbers = new Int32Array(log.items.length).fill(-1);
  let next = 0;
  for (let item = 0; item < mask.length; item++) if (mask[item] !== 0) numbers[item] = next++;
  const renumbered = new Int32Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const item = log.item[rows[at]!]!;
    if (numbers[item] === -1) {
      throw new InvalidArgumentError('items', `to keep item ${log.items[item]!.id}, of which rows are kept`, 0);
    }
    renumbered[at] = numbers[item]!;
  }
  return { items: log.items.filter((_, item) => mask[item] !== 0), item: renumbered };
}

function selectEntries<Column extends Int32Array | Float32Array | Float64Array>(
  column: Column,
  rows: Int32Array,
  selected: Column,
): Column {
  for (let at = 0; at < rows.length; at++) selected[at] = column[rows[at]!]!;
  return selected;
}
