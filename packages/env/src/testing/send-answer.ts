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
      await waitUntil(performance.now() + millisecondsBetweenDribbles, response);
    }
    return void response.end();
  }
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
    if (delivery === 'truncated') response.destroy();
  });
}

/**
 * Resolves at `moment`, as `performance.now` counts, or when the client has gone. Timers are late by a millisecond or two,
 * and more where many end together; the last one is waited for turn by turn, never less than the time that was asked for.
 */
export function waitUntil(moment: number, response: ServerResponse): Promise<void> {
  if (performance.now() >= moment || response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    let turn: NodeJS.Immediate | undefined;
    const end = (): void => {
      clearTimeout(timer);
      clearImmediate(turn);
      response.off('close', end);
      resolve();
    };
    const wait = (): void => {
      const left = moment - performance.now();
      if (left <= 0) end();
      else if (left > turns) timer = setTimeout(wait, left - turns);
      else turn = setImmediate(wait);
    };
    response.once('close', end);
    wait();
  });
}

/** How long before its end a wait goes on turn by turn, in milliseconds. */
const turns = 0.5;
