import type { IncomingMessage } from 'node:http';
import { createHttpFailure, HttpFailureError } from './http-failure.ts';

/**
 * The body of a request as text. One longer than `maximumBytes` is read to its end without being kept, so that the client
 * gets to see the 413 which is then thrown.
 */
export async function readBody(request: IncomingMessage, maximumBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maximumBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (bytes <= maximumBytes) return Buffer.concat(chunks).toString('utf8');
  const message = `Expected a body of at most ${maximumBytes} bytes, received ${bytes}.`;
  throw new HttpFailureError(createHttpFailure(413, message));
}
