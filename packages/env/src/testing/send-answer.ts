import type { ServerResponse } from 'node:http';

/** A whole HTTP answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** How the bytes of an answer travel: all at once, in dribbles, cut off half-way, or half of them and then nothing. */
export type Delivery = 'whole' | 'slow' | 'truncated' | 'stall';

const dribbles = 8;
const millisecondsBetweenDribbles = 5;

/** Sends an answer. What is cut off or stalls has announced its whole length before. */
export async function sendAnswer(
  response: ServerResponse,
  { status, headers, text }: HttpAnswer,
  delivery: Delivery = 'whole',
): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  response.writeHead(status, { 'content-length': String(bytes.length), ...headers });
  if (delivery === 'whole') return void response.end(bytes);
  if (delivery === 'slow') {
    const size = Math.ceil(bytes.length / dribbles);
    for (let start = 0; start < bytes.length && !response.destroyed; start += size) {
      response.write(bytes.subarray(start, start + size));
      await waitUnlessClosed(millisecondsBetweenDribbles, response);
    }
    return void response.end();
  }
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
    if (delivery === 'truncated') response.destroy();
  });
}

/** Resolves after `ms` milliseconds, or when the client has gone. */
export function waitUnlessClosed(ms: number, response: ServerResponse): Promise<void> {
  if (ms === 0 || response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      response.off('close', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    response.once('close', end);
  });
}
