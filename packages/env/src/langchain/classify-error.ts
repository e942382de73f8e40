import { TextModelError, type TextModelFailure } from '@rppkit/spec';

interface ProviderError {
  readonly message?: unknown;
  readonly name?: unknown;
  readonly status?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
}

/**
 * The typed failure behind whatever a LangChain provider threw. Status codes decide first, the provider's codes and words
 * after them; an error that says nothing of itself counts as `network`. Messages are cut and cleared of keys, and the
 * thrown error is not kept as a cause: providers put request headers into theirs.
 */
export function classifyLangChainError(thrown: unknown, { aborted }: { readonly aborted: boolean }): TextModelError {
  if (TextModelError.isInstance(thrown)) return thrown;
  const error: ProviderError = typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) };
  const cause: ProviderError = typeof error.cause === 'object' && error.cause !== null ? error.cause : {};
  const status = [error.status, cause.status].find((value) => typeof value === 'number');
  const code = String(error.code ?? cause.code ?? '');
  const name = String(error.name ?? '');
  const text = removeSecrets(String(error.message ?? ''));
  const failure = aborted ? 'aborted' : classify({ status, code, name, text });
  // Providers append advice and links on further lines.
  const shown = text.split('\n', 1)[0]!.slice(0, 300);
  const kind = status === undefined ? failure : `${failure}, HTTP ${status}`;
  return new TextModelError(failure, `The model call failed (${kind}): ${shown}`, { status });
}

interface ErrorTraits {
  readonly status: number | undefined;
  readonly code: string;
  readonly name: string;
  readonly text: string;
}

function classify({ status, code, name, text }: ErrorTraits): TextModelFailure {
  if (code === 'context_length_exceeded' || name === 'ContextOverflowError') return 'context-length';
  if (code === 'content_filter') return 'content-filter';
  if (status === 401 || status === 403) return 'authentication';
  if (status === 429) return 'rate-limit';
  if (status === 408 || status === 504) return 'timeout';
  if (status !== undefined && status >= 500) return 'server';
  // From here on nothing but the words is left: a 4xx of a provider without codes, or no HTTP answer at all.
  if (/context (?:length|window|size)|prompt is too long|input token count/i.test(text)) return 'context-length';
  if (/content (?:management )?policy|content filter/i.test(text)) return 'content-filter';
  if (/api[ _-]?key/i.test(text)) return 'authentication';
  if (status !== undefined) return 'bad-request';
  if (/timed? ?out/i.test(`${name} ${code} ${text}`)) return 'timeout';
  return name === 'AbortError' ? 'aborted' : 'network';
}

/** Providers quote (parts of) the key in messages about it. */
function removeSecrets(text: string): string {
  return text
    .replace(/\b(?:(?:sk|pk|gsk|xai|hf|key)[-_]|AIza)[\w*-]{6,}/g, '[key]')
    .replace(/Bearer\s+\S+/gi, 'Bearer [key]')
    .replace(/(key[^\s:=]{0,12}(?: provided)?\s?[:=]\s?)\S+/gi, '$1[key]');
}
