import { describe, expect, it } from 'vitest';
import { transposeRows } from './transpose-rows.ts';

describe('transposeRows', () => {
  it('turns items of users into users of items, in rising order', () => {
    // User 0 has items 2, 0; user 1 none; user 2 item 2; item 1 has nobody.
    const rows = { starts: Int32Array.of(0, 2, 2, 3), index: Int32Array.of(2, 0, 2) };
    expect(transposeRows(rows, 3)).toEqual({ starts: Int32Array.of(0, 1, 1, 3), index: Int32Array.of(0, 0, 2) });
  });
});
