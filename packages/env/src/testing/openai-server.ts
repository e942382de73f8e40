import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChatCompletion, createErrorBody, explainInvalidBody, type OpenAiChatBody } from './openai-chat.ts';

/** A text becomes a chat completion; an object is sent as it stands, after `delayMs` more milliseconds. */
export type OpenAiServerAnswer =
  | string
  | {
      readonly status: number;
      /** Text is sent as it is, anything else as JSON. */
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly delayMs?: number;
    };

/**
 * What goes wrong with a call: `rate-limit` answers 429 with `retry-after: 0`, `server-error` 500, `reset` drops the
 * connection instead of answering, `truncated` drops it half-way through the body, `not-json` answers 200 with a page of HTML.
 */
export type OpenAiServerFault = 'rate-limit' | 'server-error' | 'reset' | 'truncated' | 'not-json';

export interface OpenAiServerOptions {
  readonly answer: (body: OpenAiChatBody) => OpenAiServerAnswer;
  /** Time between a request and its answer in milliseconds; default 0. */
  readonly latencyMs?: number;
  /** The fault of chat request number `index` (from 0, in order of arrival); undefined: none. Default: no faults. */
  readonly faults?: (index: number) => OpenAiServerFault | undefined;
}

export interface OpenAiServerRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: OpenAiChatBody;
}

export interface OpenAiServer {
  /** Base URL for clients, `http://127.0.0.1:PORT/v1`. */
  readonly url: string;
  /** Valid chat requests in order of arrival, also those that met a fault. */
  readonly requests: readonly OpenAiServerRequest[];
  /** The most chat requests that were under way at one time. */
  readonly peakConcurrency: number;
  /** Ends open connections and stops listening. */
  close(): Promise<void>;
}

/**
 * Starts an HTTP server on a free port of 127.0.0.1 that speaks the OpenAI chat protocol: `POST /v1/chat/completions`
 * without streaming, and `GET /v1/models`. What else it is asked is answered with the protocol's 400 or 404.
 */
export async function startOpenAiServer({
  answer,
  latencyMs = 0,
  faults = () => undefined,
}: OpenAiServerOptions): Promise<OpenAiServer> {
  const requests: OpenAiServerRequest[] = [];
  let running = 0;
  let peakConcurrency = 0;

  const handleChat = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = parseJson(await readText(request));
    const invalid = explainInvalidBody(body);
    if (invalid !== undefined) return sendJson(response, 400, createErrorBody(invalid, 'invalid_request_error'));
    const chat = body as OpenAiChatBody;
    const index = requests.push({ headers: request.headers, body: chat }) - 1;
    const fault = faults(index);
    const given = answer(chat);
    await wait(latencyMs + (typeof given === 'string' ? 0 : (given.delayMs ?? 0)), response);
    if (fault === 'reset') return void request.socket.destroy();
    if (fault === 'rate-limit') {
      return sendJson(response, 429, createErrorBody('Rate limit reached.', 'rate_limit_error'), {
        'retry-after': '0',
      });
    }
    if (fault === 'server-error') return sendJson(response, 500, createErrorBody('The server failed.', 'server_error'));
    if (fault === 'not-json') return send(response, 200, '<html>Bad gateway</html>', { 'content-type': 'text/html' });
    if (typeof given !== 'string') return sendJson(response, given.status, given.body, given.headers);
    const completion = createChatCompletion(chat, given, index);
    if (fault === 'truncated') return sendHalf(response, JSON.stringify(completion));
    sendJson(response, 200, completion);
  };

  const server = createServer((request, response) => {
    const route = `${request.method} ${request.url?.split('?')[0]}`;
    if (route === 'GET /v1/models') {
      return sendJson(response, 200, {
        object: 'list',
        data: [{ id: 'local', object: 'model', created: 0, owned_by: 'local' }],
      });
    }
    if (route !== 'POST /v1/chat/completions') {
      return sendJson(response, 404, createErrorBody(`No such route: ${route}.`, 'invalid_request_error'));
    }
    peakConcurrency = Math.max(peakConcurrency, ++running);
    response.once('close', () => running--);
    // A scripted answer that throws is a mistake in the test: say so on the wire instead of hanging.
    handleChat(request, response).catch((error: unknown) => {
      if (!response.headersSent)
        sendJson(response, 500, createErrorBody(`The scripted answer threw: ${String(error)}`, 'server_error'));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    get peakConcurrency() {
      return peakConcurrency;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Resolves after `ms` milliseconds, or when the client has gone. */
function wait(ms: number, response: ServerResponse): Promise<void> {
  if (ms === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    response.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  send(response, status, text, { 'content-type': 'application/json', ...headers });
}

function send(response: ServerResponse, status: number, text: string, headers: Readonly<Record<string, string>>): void {
  response.writeHead(status, { 'content-length': String(Buffer.byteLength(text)), ...headers });
  response.end(text);
}

/** Announces the whole body, sends half of it and drops the connection. */
function sendHalf(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) });
  response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy());
}
