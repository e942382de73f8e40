import { type Expression, estimateTokens } from '@rppkit/patterns';
import { InvalidArgumentError } from '@rppkit/spec';
import { longestText } from './folded-text.ts';
import type { Guard, GuardOutcome } from './guard.ts';

/** How long a rewrite may be. */
export interface KeepLengthOptions {
  /** In UTF-16 code units, slots as they are written; 1 to 10,000. Default ceil(1.6 x length of the parent) + 40. */
  readonly maximumLength?: number;
  /** By `estimateTokens`, at least 1. Default none. */
  readonly maximumTokens?: number;
}

/**
 * The most characters that a rewrite of `parent` may have, for telling the refining model: `maximumLength` or its default, no
 * more than 10,000; with `maximumTokens` no more than so many tokens of the parent's writing have.
 */
export function computeMaximumLength(
  parent: Pick<Expression, 'template'>,
  { maximumLength, maximumTokens }: KeepLengthOptions = {},
): number {
  const { template } = parent;
  const length = Math.min(longestText, maximumLength ?? Math.ceil(1.6 * template.length) + 40);
  if (maximumTokens === undefined) return length;
  const charactersPerToken = template === '' ? 1 : template.length / estimateTokens(template);
  return Math.min(length, Math.max(1, Math.floor(maximumTokens * charactersPerToken)));
}

/** Rejects as `length` what is longer than allowed. Throws `InvalidArgumentError` for limits that are no whole numbers. */
export function createKeepLengthGuard(options: KeepLengthOptions = {}): Guard {
  const { maximumLength, maximumTokens } = options;
  assertLimit('maximumLength', maximumLength, longestText);
  assertLimit('maximumTokens', maximumTokens, Number.MAX_SAFE_INTEGER);
  return {
    name: 'keep-length',
    check({ parent, text }): GuardOutcome {
      const limit = computeMaximumLength(parent, maximumLength === undefined ? {} : { maximumLength });
      if (text.length > limit) return reject(`at most ${limit} characters, received ${text.length}`);
      if (maximumTokens !== undefined) {
        const tokens = estimateTokens(text);
        if (tokens > maximumTokens) return reject(`at most ${maximumTokens} tokens, received about ${tokens}`);
      }
      return { status: 'passed' };
    },
  };
}

function reject(expectation: string): GuardOutcome {
  return { status: 'rejected', reason: 'length', detail: `Expected ${expectation}. Say it in fewer words.` };
}

function assertLimit(name: string, value: number | undefined, most: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 1 && value <= most)) return;
  const range = most === longestText ? `a whole number from 1 to ${most}` : 'a whole number of at least 1';
  throw new InvalidArgumentError(name, range, value);
}
