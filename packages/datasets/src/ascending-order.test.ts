import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAscendingOrder } from './ascending-order.ts';

describe('createAscendingOrder', () => {
  it('agrees with a stable sort, call after call, for lengths around those of runs', () => {
    const entries = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 80, size: 'max' });
    fc.assert(
      fc.property(fc.array(entries, { minLength: 1, maxLength: 4 }), (parts) => {
        const column = Float64Array.from(parts.flat());
        const orderEntries = createAscendingOrder(column);
        let start = 0;
        for (const part of parts) {
          const inOrder = [...part.keys()];
          const expected = inOrder.toSorted((a, b) => part[a]! - part[b]!);
          const order = orderEntries(start, start + part.length);
          expect(order === undefined ? inOrder : [...order.subarray(0, part.length)]).toEqual(expected);
          start += part.length;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says where nothing has to move', () => {
    const orderEntries = createAscendingOrder(Float64Array.of(5, 1, 1, 2, 0));
    expect(orderEntries(1, 4)).toBeUndefined();
    expect(orderEntries(2, 2)).toBeUndefined();
    expect([...orderEntries(0, 5)!.subarray(0, 5)]).toEqual([4, 1, 2, 3, 0]);
  });
});
