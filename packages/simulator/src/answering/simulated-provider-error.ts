/** What a simulated provider can fail with. */
export type SimulatedFailure = 'rate-limit' | 'server' | 'network' | 'timeout' | 'content-filter';

/** A failed call in the shape of a provider's own errors: HTTP status, code and headers. */
export class SimulatedProviderError extends Error {
  override readonly name: string = 'SimulatedProviderError';
  readonly failure: SimulatedFailure;
  /** Undefined where no HTTP answer came. */
  readonly status: number | undefined;
  readonly code: string;
  /** `retry-after-ms` and `retry-after` (whole seconds, rounded up) of a rate limit. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of a rate limit. */
  readonly retryAfterMs: number | undefined;

  constructor(failure: SimulatedFailure, retryAfterMs: number) {
    const { status, code, message } = traits[failure];
    super(message);
    this.failure = failure;
    this.status = status;
    this.code = code;
    this.retryAfterMs = failure === 'rate-limit' ? retryAfterMs : undefined;
    this.headers =
      failure === 'rate-limit'
        ? { 'retry-after-ms': String(retryAfterMs), 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }
        : {};
  }
}

interface FailureTraits {
  readonly status?: number;
  readonly code: string;
  readonly message: string;
}

const traits: Readonly<Record<SimulatedFailure, FailureTraits>> = {
  'rate-limit': { status: 429, code: 'rate_limit_exceeded', message: 'Rate limit reached (simulated).' },
  server: { status: 503, code: 'server_error', message: 'The server is overloaded (simulated).' },
  network: { code: 'ECONNRESET', message: 'The connection was lost (simulated).' },
  timeout: { code: 'ETIMEDOUT', message: 'The request timed out (simulated).' },
  'content-filter': { status: 400, code: 'content_filter', message: 'The content filter refused it (simulated).' },
};
