import { TextModelError, type TextModelFailure } from '@rppkit/spec';
import { type ProviderErrorTraits, readProviderError } from './read-provider-error.ts';
import { removeSecrets } from './remove-secrets.ts';

export interface ClassifyProviderErrorOptions {
  /** True where the caller's own signal was aborted. Default false. */
  readonly aborted?: boolean;
  /** Keys that must not be shown, beside what looks like one. Default: none. */
  readonly secrets?: readonly string[];
}

/**
 * The typed failure behind whatever a provider's client threw; a `TextModelError` is returned as it is. Status codes and
 * the provider's own codes decide before words do; an error that says nothing of itself counts as `network`.
 *
 * - `insufficient_quota` (a 429 that no waiting mends), 402 and an empty credit balance are `budget`, which is permanent;
 *   any other 429 is `rate-limit`.
 * - A 200 whose body cannot be read is `network`.
 * - `possiblyPaid` is true where the request may have been worked on: abortion under way, timeouts (also a gateway's 504
 *   and 524), connections lost after sending, unreadable bodies. It is false for other 4xx and 5xx answers and where no
 *   connection came about.
 *
 * Messages are cleared of keys and cut, and the thrown error is not kept as a cause: clients put request headers into theirs.
 */
export function classifyProviderError(
  thrown: unknown,
  { aborted = false, secrets = [] }: ClassifyProviderErrorOptions = {},
): TextModelError {
  if (TextModelError.isInstance(thrown)) return thrown;
  const traits = readProviderError(thrown);
  const { status, retryAfterMs } = traits;
  const failure = aborted ? 'aborted' : classify(traits);
  // Providers append advice and links on further lines.
  const words = removeSecrets(traits.message, secrets).split('\n', 1)[0]!.slice(0, 300);
  // Clients hide why no connection came about behind words such as "Connection error".
  const detail = status === undefined ? traits.codes.find((code) => unsentCodes.has(code)) : `HTTP ${status}`;
  const kind = detail === undefined ? failure : `${failure}, ${detail}`;
  return new TextModelError(failure, `The model call failed (${kind}): ${words || 'the client gave no reason'}`, {
    status,
    retryAfterMs,
    possiblyPaid: aborted || isPossiblyPaid(traits, failure),
  });
}

const contextCodes: readonly string[] = ['context_length_exceeded', 'request_too_large'];
const filterCodes: readonly string[] = ['content_filter', 'content_policy_violation', 'data_inspection_failed'];
const budgetCodes: readonly string[] = ['insufficient_quota', 'billing_hard_limit_reached', 'billing_error'];
const keyCodes: readonly string[] = ['invalid_api_key', 'authentication_error', 'permission_error'];

function classify(traits: ProviderErrorTraits): TextModelFailure {
  const { status, codes, names, message } = traits;
  const has = (listed: readonly string[]): boolean => codes.some((code) => listed.includes(code));
  if (has(contextCodes) || names.includes('ContextOverflowError') || status === 413) return 'context-length';
  if (has(filterCodes)) return 'content-filter';
  if (has(budgetCodes) || status === 402) return 'budget';
  if (status === 401 || status === 403 || has(keyCodes)) return 'authentication';
  if (status === 429) return 'rate-limit';
  if (status === 408 || status === 504 || status === 524) return 'timeout';
  if (status !== undefined && (status >= 500 || status === 409 || status === 425)) return 'server';
  if (status !== undefined && status < 400) return 'network';
  // From here on nothing but the words is left: a 4xx of a provider without codes, or no HTTP answer at all.
  return classifyWords(message) ?? (status === undefined ? classifyConnection(traits) : 'bad-request');
}

function classifyWords(message: string): TextModelFailure | undefined {
  if (/context (?:length|window|size)|prompt is too long|input token count/i.test(message)) return 'context-length';
  if (/content (?:management )?policy|content filter/i.test(message)) return 'content-filter';
  if (/credit balance|insufficient (?:credits?|balance|quota)/i.test(message)) return 'budget';
  if (/api[ _-]?key/i.test(message)) return 'authentication';
  return undefined;
}

function classifyConnection({ codes, names, message }: ProviderErrorTraits): TextModelFailure {
  return /timed? ?out/i.test([...codes, ...names, message].join(' ')) ? 'timeout' : 'network';
}

/** No connection came about, so nothing was sent. */
const unsentCodes: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

function isPossiblyPaid({ status, codes }: ProviderErrorTraits, failure: TextModelFailure): boolean {
  if (status !== undefined && status >= 400) return status === 504 || status === 524;
  return (failure === 'network' || failure === 'timeout') && !codes.some((code) => unsentCodes.has(code));
}
