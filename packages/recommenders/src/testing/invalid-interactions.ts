import type { TrainingInteractions } from '../interactions/training-interactions.ts';

/** Each breaks one rule of `TrainingInteractions`; the key says which. One user at least has two items. */
export function createInvalidInteractions(
  interactions: TrainingInteractions,
): Readonly<Record<string, TrainingInteractions>> {
  const { users, items, starts, item } = interactions;
  const time = interactions.time ?? new Float64Array(item.length);
  const twice = starts.findIndex((start, user) => starts[user + 1]! >= start + 2);
  const first = starts[twice]!;
  const change = (changed: Partial<TrainingInteractions>): TrainingInteractions => ({ ...interactions, ...changed });
  return {
    'a user twice': change({ users: users.with(1, users[0]!) }),
    'an item twice': change({ items: items.with(1, items[0]!) }),
    'starts that fall': change({ starts: starts.with(1, starts[2]! + 1) }),
    'starts from 1': change({ starts: starts.with(0, 1) }),
    'starts that end early': change({ starts: starts.with(users.length, item.length - 1) }),
    'starts without an end': change({ starts: starts.slice(0, -1) }),
    'an index past the last item': change({ item: item.with(0, items.length) }),
    'an index below 0': change({ item: item.with(0, -1) }),
    'an item twice of one user': change({ item: item.with(first + 1, item[first]!) }),
    'a time too few': change({ time: time.slice(1) }),
    'a time that is not a number': change({ time: time.with(0, Number.NaN) }),
  };
}
