import { createInteractionLog } from '@rppkit/datasets';
import { expect, it } from 'vitest';
import { createTitleRecords } from './title-records.ts';

it('lists the titles of the counted users, each once and ascending, and counts people', () => {
  const rows = ['u c', 'u a', 'v a', 'w b', 'u c', 'w a', 'w b2'].map((row) => {
    const [user, item] = row.split(' ');
    return { user: user!, item: item! };
  });
  // Items are numbered c, a, b, b2; b and b2 share a title.
  const titleOf = Int32Array.of(2, 0, 1, 1);
  const records = createTitleRecords(createInteractionLog(rows), Uint8Array.of(1, 0, 1), titleOf);
  expect(records).toEqual({
    titles: 3,
    starts: Int32Array.of(0, 2, 4),
    title: Int32Array.of(0, 2, 0, 1),
    counts: Int32Array.of(2, 1, 1),
  });
});

it('leaves users without interactions out', () => {
  const log = createInteractionLog([{ user: 'u', item: 'a' }]);
  expect(createTitleRecords(log, Uint8Array.of(0), Int32Array.of(0)).starts).toEqual(Int32Array.of(0));
});
