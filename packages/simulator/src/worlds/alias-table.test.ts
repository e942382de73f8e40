import { createRandomStream } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { createAliasTable } from './alias-table.ts';

it('draws in proportion to the weights: chi-square of 4 cells over 100,000 draws below its 99.9 % quantile', () => {
  const weights = Float64Array.of(5, 0, 1, 2, 12);
  const table = createAliasTable(weights);
  const random = createRandomStream('alias');
  const counts = new Float64Array(weights.length);
  for (let draw = 0; draw < 100_000; draw++) counts[table.sample(random)]! += 1;
  expect(counts[1]).toBe(0);
  // Total weight 20: 5,000 draws expected for a unit of weight. 3 degrees of freedom.
  const chiSquare = [0, 2, 3, 4].reduce(
    (sum, cell) => sum + (counts[cell]! - 5000 * weights[cell]!) ** 2 / (5000 * weights[cell]!),
    0,
  );
  expect(chiSquare).toBeLessThan(16.27);
});
