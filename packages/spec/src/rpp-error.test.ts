import { describe, expect, it } from 'vitest';
import { InvalidArgumentError, RppError } from './rpp-error.ts';
import { TextModelError } from './text-model-error.ts';

describe('RppError', () => {
  it('is recognised across copies of the package by its marker', () => {
    const error = new InvalidArgumentError('k', 'a positive integer', 0, 'Pass k >= 1.');
    expect(error.message).toBe('Expected k to be a positive integer, received 0. Pass k >= 1.');
    expect(error.code).toBe('INVALID_ARGUMENT');
    expect(RppError.isInstance(error)).toBe(true);
    expect(RppError.isInstance(new Error('plain'))).toBe(false);
    expect(RppError.isInstance({ [Symbol.for('rppkit.error')]: true })).toBe(true);
  });

  it('tells a refused prompt from a failed call', () => {
    const refused = new TextModelError('context-length', 'too long');
    const failed = new TextModelError('rate-limit', 'slow down', { status: 429 });
    expect([refused.refusedPrompt, refused.transient]).toEqual([true, false]);
    expect([failed.refusedPrompt, failed.transient, failed.status]).toEqual([false, true, 429]);
    expect(TextModelError.isInstance(failed)).toBe(true);
    expect(TextModelError.isInstance(new InvalidArgumentError('a', 'b', 1))).toBe(false);
  });
});
