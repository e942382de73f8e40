import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';

/** Throws `InvalidArgumentError` unless `random` is a `RandomStream`. `purpose` completes "a RandomStream". */
export function assertRandomStream(random: RandomStream | undefined, purpose = ''): asserts random is RandomStream {
  const methods = ['bits', 'integer', 'split'] as const;
  if (methods.every((method) => typeof random?.[method] === 'function')) return;
  throw new InvalidArgumentError('random', `a RandomStream${purpose}`, random, 'Pass createRandomStream(seed).');
}

/** Options that must hold a `RandomStream`; throws `InvalidArgumentError` where they are missing or do not. */
export function assertRandomOptions<Options extends { readonly random: RandomStream }>(options: Options): Options {
  assertRandomStream(options?.random);
  return options;
}
