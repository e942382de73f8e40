import { RppError } from './rpp-error.ts';

/** Why a text model gave no answer; a closed list, so that failures can be counted by reason. */
export type TextModelFailure =
  | 'context-length'
  | 'content-filter'
  | 'rate-limit'
  | 'server'
  | 'network'
  | 'timeout'
  | 'authentication'
  | 'bad-request'
  | 'aborted'
  | 'budget';

export interface TextModelErrorOptions {
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  /** Default: true for `network` and `timeout`, whose requests may have arrived. */
  readonly possiblyPaid?: boolean;
  readonly cause?: unknown;
}

/**
 * A call that ended without an answer. `refusedPrompt` tells the two outcomes apart that must never share a number: a
 * refusal because of this prompt counts as an invalid answer, any other failure carries no reward at all.
 */
export class TextModelError extends RppError {
  readonly failure: TextModelFailure;
  /** True for `context-length` and `content-filter`: the prompt itself was refused. */
  readonly refusedPrompt: boolean;
  /** True where the same request may succeed later. */
  readonly transient: boolean;
  /** HTTP status, where there was one. */
  readonly status: number | undefined;
  /** How long the provider asked to wait before the next request, in milliseconds, at least 0. */
  readonly retryAfterMs: number | undefined;
  /** True where the provider may have answered and billed, though no whole answer arrived. */
  readonly possiblyPaid: boolean;

  constructor(failure: TextModelFailure, message: string, options: TextModelErrorOptions = {}) {
    super('TEXT_MODEL', message, { cause: options.cause });
    this.failure = failure;
    this.refusedPrompt = failure === 'context-length' || failure === 'content-filter';
    this.transient = failure === 'rate-limit' || failure === 'server' || failure === 'network' || failure === 'timeout';
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.possiblyPaid = options.possiblyPaid ?? (failure === 'network' || failure === 'timeout');
  }

  static override isInstance(value: unknown): value is TextModelError {
    return RppError.isInstance(value) && value.code === 'TEXT_MODEL';
  }
}
