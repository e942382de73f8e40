import { InvalidArgumentError } from '@rppkit/spec';
import type { Expression } from './expression.ts';
import type { Pattern } from './pattern.ts';

/** What the history of a later round depends on. */
export interface WindowOptions {
  /** The window of the round before, for patterns with increments; default: the pattern's initial window. */
  readonly previousWindow?: number;
}

/**
 * How many of the most recent items a history expression asks for: its window, or its increment on top of the window before.
 * Throws `InvalidArgumentError` for a previous window that is no positive integer.
 */
export function computeWindow(
  { records }: Pattern,
  { window, increment }: Expression,
  { previousWindow = records?.initialWindow ?? 1 }: WindowOptions = {},
): number {
  if (window !== undefined) return window;
  if (!Number.isSafeInteger(previousWindow) || previousWindow < 1) {
    throw new InvalidArgumentError('previousWindow', 'a positive integer', previousWindow);
  }
  return previousWindow + increment!;
}
