import { InvalidArgumentError } from '@rppkit/spec';
import { assertNumbers } from '../assert-arguments.ts';

/**
 * Checks two vectors of one length of at least 2, without NaN and not constant, for which a rank correlation is defined.
 * Throws `InvalidArgumentError`.
 */
export function assertCorrelatable(first: ArrayLike<number>, second: ArrayLike<number>): void {
  assertNumbers('first', first);
  assertNumbers('second', second);
  if (first.length !== second.length) {
    throw new InvalidArgumentError('second', `of length ${first.length}, as first`, second);
  }
  assertVaried('first', first);
  assertVaried('second', second);
}

function assertVaried(argument: string, values: ArrayLike<number>): void {
  for (let index = 1; index < values.length; index++) if (values[index] !== values[0]) return;
  throw new InvalidArgumentError(
    argument,
    'at least two values that differ',
    values,
    'Rank correlations are undefined where all values tie: leave such rankings out and report their number.',
  );
}
