import { expect, it } from 'vitest';
import { Column } from './column.ts';

it('keeps what was appended, across its chunks, until it is taken', () => {
  const column = new Column(Float64Array);
  const count = 3 * 65_536 + 5;
  for (let value = 0; value < count; value++) column.append(value / 2);
  expect(column.length).toBe(count);
  const values = column.take();
  expect(values).toBeInstanceOf(Float64Array);
  expect(values.length).toBe(count);
  expect(values.every((value, index) => value === index / 2)).toBe(true);
  expect(column.length).toBe(0);
  column.append(7);
  expect([...column.take()]).toEqual([7]);
});
