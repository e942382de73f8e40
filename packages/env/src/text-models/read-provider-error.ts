import { type ReadHeader, readRetryAfter } from './read-retry-after.ts';

/** What the errors of providers and their clients say, whatever the shape they say it in. */
export interface ProviderErrorTraits {
  /** HTTP status, where the provider answered. */
  readonly status: number | undefined;
  /** Codes and types of the error, its causes and the provider's error object (`insufficient_quota`, `ECONNREFUSED`). */
  readonly codes: readonly string[];
  /** Class names of the error and its causes. */
  readonly names: readonly string[];
  /** The first message that says something. */
  readonly message: string;
  readonly retryAfterMs: number | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the errors of LangChain's providers, of the SDKs below them, of the AI SDK and of `fetch`: they name the status
 * `status`, `statusCode` or `status_code`, keep headers as `headers` or `responseHeaders`, and nest the provider's error
 * object in `error`, `data` or the text of `responseBody`. Causes are read as well.
 */
export function readProviderError(thrown: unknown): ProviderErrorTraits {
  const chain = readChain(thrown);
  const find = <Value>(read: (error: Fields) => Value | undefined): Value | undefined => {
    for (const error of chain) {
      const value = read(error);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  return {
    status: find(readStatus),
    codes: chain.flatMap((error) => readCodes(error, 3)),
    names: chain
      .flatMap((error) => [error['name'], error.constructor?.name])
      .filter((name) => typeof name === 'string'),
    message:
      find(({ message }) => (typeof message === 'string' && message.trim() !== '' ? message.trim() : undefined)) ?? '',
    retryAfterMs: find((error) => readRetryAfter(createHeaderReader(error)) ?? readOwnRetryAfter(error)),
  };
}

/** The error and its causes, outermost first; of several causes at once (all addresses refused) the first. */
function readChain(thrown: unknown): readonly Fields[] {
  const chain: Fields[] = [];
  let error = isFields(thrown) ? thrown : { message: thrown === undefined ? '' : String(thrown) };
  while (chain.length < 6 && !chain.includes(error)) {
    chain.push(error);
    const { cause, lastError, errors } = error;
    const next = [cause, lastError, Array.isArray(errors) ? errors[0] : undefined].find(isFields);
    if (next === undefined) break;
    error = next;
  }
  return chain;
}

function readStatus(error: Fields): number | undefined {
  const { status, statusCode, status_code: snakeCase, response } = error;
  const nested = isFields(response) ? response['status'] : undefined;
  return [status, statusCode, snakeCase, nested].find(
    (value): value is number => typeof value === 'number' && value >= 100 && value < 600,
  );
}

function readCodes(error: Fields, depth: number): readonly string[] {
  const { code, type, status, error: inner, data, responseBody } = error;
  const codes = [code, type, status].filter((value) => typeof value === 'string');
  if (depth === 0) return codes;
  const nested = [inner, data, typeof responseBody === 'string' ? parseJson(responseBody) : undefined].filter(isFields);
  return [...codes, ...nested.flatMap((object) => readCodes(object, depth - 1))];
}

function createHeaderReader(error: Fields): ReadHeader {
  const { headers, responseHeaders, response } = error;
  const nested = isFields(response) ? response['headers'] : undefined;
  const holder = [headers, responseHeaders, nested].find(isFields);
  if (holder === undefined) return () => undefined;
  if (typeof holder['get'] === 'function') {
    const { get } = holder;
    return (name) => (get.call(holder, name) as string | null) ?? undefined;
  }
  const fields = new Map(Object.entries(holder).map(([name, value]) => [name.toLowerCase(), String(value)]));
  return (name) => fields.get(name);
}

/** LangChain reads waiting times out of messages as well. */
function readOwnRetryAfter({ retryAfterMs }: Fields): number | undefined {
  return typeof retryAfterMs === 'number' && retryAfterMs >= 0 && Number.isFinite(retryAfterMs)
    ? retryAfterMs
    : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
