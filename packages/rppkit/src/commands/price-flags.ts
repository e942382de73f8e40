import type { TokenPrices } from '@rppkit/env';
import type { Command } from 'commander';
import { UsageError } from '../usage-error.ts';
import { parseNumber } from './options.ts';

/** What tokens cost, as flags give it. */
export interface PriceFlags {
  readonly inputPrice?: number;
  readonly outputPrice?: number;
}

/** Adds the flags to a command. */
export function addPriceFlags(command: Command): Command {
  const price = parseNumber(0, 1e6);
  return command
    .option('--input-price <amount>', 'price of a million tokens of prompts', price)
    .option('--output-price <amount>', 'price of a million tokens of answers', price);
}

/** The prices; undefined without flags. Throws `UsageError` for one without the other. */
export function readPrices({ inputPrice, outputPrice }: PriceFlags): TokenPrices | undefined {
  if (inputPrice === undefined && outputPrice === undefined) return undefined;
  if (inputPrice !== undefined && outputPrice !== undefined) {
    return { inputPerMillion: inputPrice, outputPerMillion: outputPrice };
  }
  const [given, missing] =
    inputPrice === undefined ? ['--output-price', '--input-price'] : ['--input-price', '--output-price'];
  throw new UsageError(`Expected both prices, received ${given} without ${missing}. Pass the other one, too.`);
}
