import { InvalidArgumentError } from '@rppkit/spec';

/**
 * Checks two vectors of one length of at least 2, without NaN and not constant, for which a rank correlation is defined.
 * Throws `InvalidArgumentError`.
 */
export function assertCorrelatable(first: ArrayLike<number>, second: ArrayLike<number>): void {
  if (first.length !== second.length) {
    throw new InvalidArgumentError('second', `of length ${first.length}, as first`, second);
  }
  assertVaried('first', first);
  assertVaried('second', second);
}

function assertVaried(argument: string, values: ArrayLike<number>): void {
  let varied = false;
  for (let index = 0; index < values.length; index++) {
    if (typeof values[index] !== 'number' || Number.isNaN(values[index])) {
      throw new InvalidArgumentError(`${argument}[${index}]`, 'a number', values[index], 'NaN has no rank.');
    }
    if (values[index] !== values[0]) varied = true;
  }
  if (varied) return;
  throw new InvalidArgumentError(
    argument,
    'at least two values that differ',
    values,
    'Rank correlations are undefined where all values tie: leave such rankings out and report their number.',
  );
}
