import { TextModelError, type TextModelFailure } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { classifyProviderError } from './classify-provider-error.ts';

const createError = (message: string, fields: object = {}): Error => Object.assign(new Error(message), fields);

describe('classifyProviderError', () => {
  it.each<[string, unknown, TextModelFailure, boolean]>([
    ['the status of OpenAI', { status: 503 }, 'server', false],
    ['the status of the AI SDK', { statusCode: 503 }, 'server', false],
    ['the status of Ollama', { status_code: 503 }, 'server', false],
    ['the status of a response', { response: { status: 503 } }, 'server', false],
    ['the status of a cause', { cause: { status: 503 } }, 'server', false],
    ['the status of the last of several tries', { lastError: { status: 503 } }, 'server', false],
    ['a conflict', { status: 409 }, 'server', false],
    ['an overloaded provider', { status: 529 }, 'server', false],
    ['a request that took too long to arrive', { status: 408 }, 'timeout', false],
    ['a gateway that gave up', { status: 504 }, 'timeout', true],
    ['another gateway that gave up', { status: 524 }, 'timeout', true],
    ['a rate limit', { status: 429, error: { code: 'rate_limit_exceeded' } }, 'rate-limit', false],
    ['a quota that is used up', { status: 429, code: 'insufficient_quota' }, 'budget', false],
    ['the same, nested', { status: 429, error: { error: { type: 'insufficient_quota' } } }, 'budget', false],
    ['the same as text', { statusCode: 429, responseBody: '{"error":{"code":"insufficient_quota"}}' }, 'budget', false],
    ['the same as data', { statusCode: 429, data: { error: { code: 'insufficient_quota' } } }, 'budget', false],
    ['a body that is no JSON', { statusCode: 429, responseBody: '<html>' }, 'rate-limit', false],
    ['an unpaid bill', { status: 402 }, 'budget', false],
    ['an empty balance', { status: 400, message: 'Your credit balance is too low.' }, 'budget', false],
    ['a wrong key', { status: 400, code: 'invalid_api_key' }, 'authentication', false],
    ['no key', { message: 'OpenAI API key is missing.' }, 'authentication', false],
    ['a prompt that is too large', { status: 413 }, 'context-length', false],
    ['a filter', { status: 400, code: 'data_inspection_failed' }, 'content-filter', false],
    ['a filter in words', { status: 400, message: 'Blocked by our content policy' }, 'content-filter', false],
    ['a wrong request', { status: 422 }, 'bad-request', false],
    ['an unreadable answer', { statusCode: 200, message: 'Invalid JSON response, content filter' }, 'network', true],
    ['a refused connection', { cause: { cause: { code: 'ECONNREFUSED' } } }, 'network', false],
    [
      'refused connections',
      { cause: { errors: [{ code: 'ECONNREFUSED' }, { code: 'ENETUNREACH' }] } },
      'network',
      false,
    ],
    ['an unknown host', { code: 'ENOTFOUND' }, 'network', false],
    ['a connection that took too long', { cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } }, 'timeout', false],
    ['an answer that took too long', { cause: { code: 'UND_ERR_BODY_TIMEOUT' } }, 'timeout', true],
    ['a lost connection', { code: 'ECONNRESET' }, 'network', true],
    ['an abort that is not the caller’s', { name: 'AbortError', message: 'aborted' }, 'network', true],
    ['an error that says nothing', {}, 'network', true],
  ])('knows %s', (_what, thrown, failure, possiblyPaid) => {
    expect(classifyProviderError(thrown)).toMatchObject({ failure, possiblyPaid });
  });

  it('tells rate limits, which pass, from quotas, which do not', () => {
    expect(classifyProviderError({ status: 429 }).transient).toBe(true);
    expect(classifyProviderError({ status: 429, code: 'insufficient_quota' }).transient).toBe(false);
  });

  it('is an abort, possibly paid, where the caller aborted, whatever was thrown', () => {
    expect(classifyProviderError({ status: 503 }, { aborted: true })).toMatchObject({
      failure: 'aborted',
      possiblyPaid: true,
    });
  });

  it.each<[string, object, number | undefined]>([
    ['a record', { headers: { 'Retry-After': '2' } }, 2000],
    ['Headers', { headers: new Headers({ 'retry-after': '1.5' }) }, 1500],
    ['headers of the AI SDK', { responseHeaders: { 'retry-after-ms': '250', 'retry-after': '2' } }, 250],
    ['headers of a response', { response: { headers: new Headers({ 'retry-after': '0' }) } }, 0],
    ['a cause', { cause: { headers: { 'retry-after': '2' } } }, 2000],
    ['what LangChain read', { headers: {}, retryAfterMs: 700 }, 700],
    ['nonsense', { headers: { 'retry-after': 'soon' }, retryAfterMs: Number.NaN }, undefined],
  ])('reads the waiting time from %s', (_what, fields, expected) => {
    expect(classifyProviderError({ status: 429, ...fields }).retryAfterMs).toBe(expected);
  });

  it('shows the first line of the first message, cut, without keys and without the thrown error', () => {
    const secret = 'A very/odd key';
    const thrown = createError(`Refused A very/odd key and sk-0123456789.\n\nTroubleshooting: …`, { status: 401 });
    const error = classifyProviderError(thrown, { secrets: [secret] });
    expect(error.message).toBe('The model call failed (authentication, HTTP 401): Refused [key] and [key].');
    expect(error.cause).toBeUndefined();
    expect(classifyProviderError(createError('x '.repeat(500))).message).toHaveLength(
      'The model call failed (network): '.length + 300,
    );
    expect(classifyProviderError({ message: ' ', cause: { message: 'inner' } }).message).toMatch(/: inner$/);
  });

  it.each([[undefined], [null], [''], ['text'], [7], [new AggregateError([], '')]])('takes anything: %s', (thrown) => {
    expect(classifyProviderError(thrown)).toMatchObject({ failure: 'network' });
    expect(classifyProviderError(thrown).message).toMatch(/: \S/);
  });

  it('ends with errors that are their own cause', () => {
    const error = createError('loop');
    error.cause = error;
    expect(classifyProviderError(error).failure).toBe('network');
  });

  it('leaves typed errors as they are', () => {
    const typed = new TextModelError('budget', 'enough');
    expect(classifyProviderError(typed, { aborted: true })).toBe(typed);
  });

  it('says why no connection came about', () => {
    const { message } = classifyProviderError({ message: 'Connection error.', cause: { code: 'ECONNREFUSED' } });
    expect(message).toBe('The model call failed (network, ECONNREFUSED): Connection error.');
  });
});
