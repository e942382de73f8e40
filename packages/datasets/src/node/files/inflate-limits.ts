import { InvalidArgumentError } from '@rppkit/spec';

/** How far compressed data may grow before they are refused as a bomb. */
export interface InflateLimits {
  /** Largest allowed size after inflating, in multiples of the compressed size; default 1000. */
  readonly maxRatio?: number | undefined;
  /** Largest allowed size after inflating, in bytes, of a file and of all files of an archive together; default 64 GiB. */
  readonly maxBytes?: number | undefined;
}

/** Limits with every default filled in. */
export interface ResolvedInflateLimits {
  readonly maxRatio: number;
  readonly maxBytes: number;
}

/** Fills in defaults. Throws `InvalidArgumentError` where a limit is not a positive number. */
export function resolveInflateLimits({
  maxRatio = 1000,
  maxBytes = 64 * 2 ** 30,
}: InflateLimits): ResolvedInflateLimits {
  for (const [argument, value] of Object.entries({ maxRatio, maxBytes })) {
    if (!(value > 0)) throw new InvalidArgumentError(argument, 'a positive number', value);
  }
  return { maxRatio, maxBytes };
}

/** Says which limit `inflated` bytes out of `compressed` bytes exceed, or `undefined` where they keep both. */
export function describeExcess(
  inflated: number,
  compressed: number,
  { maxRatio, maxBytes }: ResolvedInflateLimits,
): { readonly expected: string; readonly advice: string } | undefined {
  if (inflated > maxBytes) {
    return { expected: `at most ${maxBytes} bytes after inflating`, advice: 'If you trust it, raise maxBytes.' };
  }
  if (inflated > maxRatio * compressed) {
    return {
      expected: `at most ${maxRatio} times its ${compressed} compressed bytes after inflating`,
      advice: 'If you trust it, raise maxRatio.',
    };
  }
  return undefined;
}
