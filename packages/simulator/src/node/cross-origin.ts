import type { IncomingMessage } from 'node:http';

/** The headers with which a browser lets a page of the allowed origin read an answer; none where no origin is allowed. */
export function renderOriginHeaders(allowedOrigin: string | undefined): Readonly<Record<string, string>> {
  if (allowedOrigin === undefined) return {};
  return { 'access-control-allow-origin': allowedOrigin, ...(allowedOrigin !== '*' && { vary: 'origin' }) };
}

/** What a browser is told that asks before it sends a request of a page. */
export function renderPreflightHeaders(request: IncomingMessage, method: string): Readonly<Record<string, string>> {
  const asked = request.headers['access-control-request-headers'];
  return {
    'access-control-allow-methods': method,
    ...(asked !== undefined && { 'access-control-allow-headers': asked }),
    'access-control-max-age': '600',
  };
}
