import { InvalidArgumentError } from '@rppkit/spec';
import { assertAtLeast } from './assert-number.ts';
import type { TokenPrices } from './budget.ts';

const priceNames = ['inputPerMillion', 'outputPerMillion'] as const satisfies readonly (keyof TokenPrices)[];

/** Throws `InvalidArgumentError` for unknown prices, and for one that is missing or no finite number of at least 0. */
export function assertPrices(prices: TokenPrices): void {
  const advice = 'Pass what a million tokens cost, { inputPerMillion, outputPerMillion }.';
  if (typeof prices !== 'object' || prices === null)
    throw new InvalidArgumentError('prices', 'an object', prices, advice);
  // A misspelt name is told before the one that is missing for it.
  for (const [name, value] of Object.entries(prices)) {
    if (!(priceNames as readonly string[]).includes(name))
      throw new InvalidArgumentError(`prices.${name}`, 'absent', value, advice);
  }
  for (const name of priceNames) assertAtLeast(`prices.${name}`, prices[name], 0, advice);
}
