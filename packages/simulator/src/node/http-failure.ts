import { InvalidArgumentError } from '@rppkit/spec';
import { SimulatedProviderError } from '../answering/simulated-provider-error.ts';

/** An HTTP answer other than 200, with an error object as OpenAI sends it. */
export interface HttpFailure {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly error: {
    readonly message: string;
    readonly type: string;
    /** The field of the body at fault. */
    readonly param: string | null;
    readonly code: string | null;
  };
}

/** Carries a failure up to the place that answers. */
export class HttpFailureError extends Error {
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure) {
    super(failure.error.message);
    this.failure = failure;
  }
}

export function createHttpFailure(
  status: number,
  message: string,
  { param = null, code = null }: { readonly param?: string | null; readonly code?: string | null } = {},
): HttpFailure {
  return { status, error: { message, type: errorTypes[status] ?? 'invalid_request_error', param, code } };
}

const errorTypes: Readonly<Record<number, string>> = {
  429: 'rate_limit_error',
  500: 'server_error',
  503: 'server_error',
  504: 'server_error',
};

/**
 * What a client is told of an error; undefined where the connection is to be dropped. A timeout becomes 504: it is the gateway
 * that gives up waiting.
 */
export function toHttpFailure(error: unknown): HttpFailure | undefined {
  if (error instanceof HttpFailureError) return error.failure;
  if (error instanceof InvalidArgumentError) return createHttpFailure(400, error.message, { param: error.argument });
  if (error instanceof SimulatedProviderError) {
    if (error.failure === 'network') return undefined;
    const { message, code, headers, status = 504 } = error;
    return { ...createHttpFailure(status, message, { code }), headers };
  }
  return createHttpFailure(500, `The simulator failed: ${error instanceof Error ? error.message : String(error)}`);
}
