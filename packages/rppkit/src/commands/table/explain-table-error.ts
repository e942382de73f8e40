import { RppError } from '@rppkit/spec';
import { UsageError } from '../../usage-error.ts';

/** What is wrong with a table that was named, as what the command was given; other errors as they are. */
export function explainTableError(error: unknown): unknown {
  if (!RppError.isInstance(error) || error.code !== 'RESPONSE_TABLE') return error;
  return new UsageError(error.message, { cause: error });
}
