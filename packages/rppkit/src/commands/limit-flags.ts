import type { Command } from 'commander';
import type { RunLimits } from '../experiment/run-options.ts';
import { pickDefined } from '../pick-defined.ts';
import { UsageError } from '../usage-error.ts';
import { parseInteger, parseNumber } from './options.ts';
import { addPriceFlags, type PriceFlags, readPrices } from './price-flags.ts';

/** What one command may spend, as flags give it. */
export interface LimitFlags extends PriceFlags {
  readonly maxCalls?: number;
  readonly maxTokens?: number;
  readonly maxCost?: number;
}

/** Names of the flags, which `--resume` allows beside it: they change no result. */
export const limitFlags: readonly string[] = [
  '--max-calls',
  '--max-tokens',
  '--max-cost',
  '--input-price',
  '--output-price',
];

/** Adds the flags to a command, in a group of their own; later options stand in none. */
export function addLimitFlags(command: Command): Command {
  const group = 'Limits of this command; a run that reaches one is interrupted and can be resumed:';
  command
    .optionsGroup(group)
    .option('--max-calls <count>', 'calls to the model', parseInteger(1))
    .option('--max-tokens <count>', 'tokens of prompts and answers together', parseInteger(1))
    .option('--max-cost <amount>', 'cost in the currency of the prices, which it needs', parseNumber(0, 1e9));
  return addPriceFlags(command).optionsGroup('Options:');
}

/** The limits; undefined without flags. Throws `UsageError` for one price without the other and for a cost without prices. */
export function readLimits(flags: LimitFlags): RunLimits | undefined {
  const { maxCalls, maxTokens, maxCost } = flags;
  const prices = readPrices(flags);
  if (maxCost !== undefined && prices === undefined) {
    throw new UsageError(
      'Expected --input-price and --output-price beside --max-cost, received neither. Pass what a million tokens cost.',
    );
  }
  const limits = pickDefined({ maxCalls, maxTokens, maxCost, prices });
  return Object.keys(limits).length === 0 ? undefined : limits;
}
