/** The value of a response header by its lower-case name, or undefined. */
export type ReadHeader = (name: string) => string | undefined;

/**
 * How long a provider asks to wait, in milliseconds, at least 0: `retry-after-ms`, else `retry-after` in seconds or as an
 * HTTP date. A date is taken against the response's own `date`, so that neither clock matters; without one it says nothing.
 */
export function readRetryAfter(readHeader: ReadHeader): number | undefined {
  const milliseconds = readNumber(readHeader('retry-after-ms'));
  if (milliseconds !== undefined) return milliseconds;
  const retryAfter = readHeader('retry-after');
  const seconds = readNumber(retryAfter);
  if (seconds !== undefined) return seconds * 1000;
  const wait = Date.parse(retryAfter ?? '') - Date.parse(readHeader('date') ?? '');
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

function readNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
