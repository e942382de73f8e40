import type { HistoryEntry } from '@rppkit/spec';
import type { InteractionLog } from '../interaction-log.ts';
import type { InteractionSplit } from '../splits/interaction-split.ts';

/**
 * A function that gives what a user did before a row, oldest first, with repeats resolved among these rows alone, as the
 * split resolves them. Unless repeats are kept, rows of the relevant items are left out.
 */
export function createTaskHistories(
  log: InteractionLog,
  { complete, repeats }: InteractionSplit,
): (user: number, row: number, relevantItems: readonly number[]) => HistoryEntry[] {
  // The last call (from 1 on) that met the item.
  const metBy = new Int32Array(log.items.length);
  let call = 0;
  return (user, row, relevantItems) => {
    call++;
    for (const item of relevantItems) metBy[item] = call;
    const rows = complete.rows(user);
    const items = complete.items(user);
    const count = rows.indexOf(row);
    const history: HistoryEntry[] = [];
    for (let step = 0; step < count; step++) {
      // The row that stays is the first that is met: from the back where the last one counts.
      const at = repeats === 'last' ? count - 1 - step : step;
      const item = items[at]!;
      if (repeats !== 'keep' && metBy[item] === call) continue;
      metBy[item] = call;
      history.push(createHistoryEntry(log, item, rows[at]!));
    }
    return repeats === 'last' ? history.reverse() : history;
  };
}

function createHistoryEntry({ items, value, time }: InteractionLog, item: number, row: number): HistoryEntry {
  if (value === undefined)
    return time === undefined ? { item: items[item]! } : { item: items[item]!, time: time[row]! };
  if (time === undefined) return { item: items[item]!, rating: value[row]! };
  return { item: items[item]!, rating: value[row]!, time: time[row]! };
}
