import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { estimateUsage } from '../text-models/estimate-usage.ts';
import { anthropicProtocol } from './anthropic-protocol.ts';
import {
  type ChatAnswer,
  type ChatProtocol,
  type ChatProtocolName,
  isJsonObject,
  type JsonObject,
  type ReadChatRequest,
} from './chat-protocol.ts';
import { ollamaProtocol } from './ollama-protocol.ts';
import { openAiProtocol } from './openai-protocol.ts';
import { type HttpAnswer, sendAnswer, waitUntil } from './send-answer.ts';

/** One chat request, the same for all protocols. */
export interface ChatServerRequest extends ReadChatRequest {
  /** From 0, in order of arrival over all protocols; requests that get a 400 have none. */
  readonly index: number;
  readonly protocol: ChatProtocolName;
  readonly headers: IncomingHttpHeaders;
  /** As the client sent it. */
  readonly body: JsonObject;
}

/**
 * A text, or a text with finish reason and usage, is answered in the request's protocol; an object with `status` is sent
 * as it stands (a `body` of text as it is, any other as JSON). `delayMs`: that much latency more, in milliseconds.
 */
export type ChatServerAnswer =
  | string
  | (ChatAnswer & { readonly delayMs?: number })
  | {
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly delayMs?: number;
    };

/**
 * What goes wrong with a request. Not answered: `rate-limit` (429 without `retry-after`, or with the one given),
 * `server-error` (500), `reset` (the connection is dropped), `not-json` (200 with a page of HTML). Answered: `slow` (in
 * dribbles, but whole), `truncated` (dropped half-way), `stall` (half of it, then nothing until the client leaves).
 */
export type ChatServerFault =
  | 'rate-limit'
  | 'server-error'
  | 'reset'
  | 'not-json'
  | 'slow'
  | 'truncated'
  | 'stall'
  | { readonly kind: 'rate-limit'; readonly retryAfter: string };

export interface ChatServerOptions {
  readonly answer: (request: ChatServerRequest) => ChatServerAnswer | Promise<ChatServerAnswer>;
  /** Time from the arrival of a request to its answer in milliseconds, what `answer` takes included; default 0. */
  readonly latencyMs?: number;
  /** The fault of a request; undefined: none. Default: no faults. */
  readonly faults?: (request: ChatServerRequest) => ChatServerFault | undefined;
}

export interface ChatServer {
  /** What each protocol's clients take as base URL. */
  readonly urls: Readonly<Record<ChatProtocolName, string>>;
  /** Valid chat requests in order of arrival, also those that met a fault. */
  readonly requests: readonly ChatServerRequest[];
  /** The most chat requests that were under way at one time. */
  readonly peakConcurrency: number;
  /** Ends open connections and stops listening. */
  close(): Promise<void>;
}

const protocols: readonly ChatProtocol[] = [openAiProtocol, anthropicProtocol, ollamaProtocol];

/**
 * Starts an HTTP server on a free port of 127.0.0.1 that speaks OpenAI chat (`POST /v1/chat/completions`,
 * `GET /v1/models`), Anthropic messages (`POST /v1/messages`) and Ollama chat (`POST /api/chat`, also as a stream of
 * lines). Where the client forces a tool by name, the answer is the JSON of its arguments. What else it is asked is
 * answered with the protocol's 400 or 404; an `answer` that throws is answered with a 500 that says so.
 */
export async function startChatServer({
  answer,
  latencyMs = 0,
  faults = () => undefined,
}: ChatServerOptions): Promise<ChatServer> {
  const requests: ChatServerRequest[] = [];
  let running = 0;
  let peakConcurrency = 0;

  const handleChat = async (
    protocol: ChatProtocol,
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const arrived = performance.now();
    const body = parseJson(await readText(incoming));
    const invalid = explainInvalid(protocol, body);
    if (invalid !== undefined) return sendAnswer(response, renderError(protocol, 400, invalid));
    const request: ChatServerRequest = {
      index: requests.length,
      protocol: protocol.name,
      headers: incoming.headers,
      body: body as JsonObject,
      ...protocol.readRequest(body as JsonObject),
    };
    requests.push(request);
    const fault = faults(request);
    const failed = renderFault(protocol, fault);
    if (failed !== undefined || fault === 'reset') {
      await waitUntil(arrived + latencyMs, response);
      return failed === undefined ? void incoming.socket.destroy() : sendAnswer(response, failed);
    }
    const given = await answer(request);
    const delayMs = typeof given === 'string' ? 0 : (given.delayMs ?? 0);
    await waitUntil(arrived + latencyMs + delayMs, response);
    const delivery = fault === 'slow' || fault === 'truncated' || fault === 'stall' ? fault : 'whole';
    await sendAnswer(response, renderGiven(protocol, request, given), delivery);
  };

  const server = createServer((incoming, response) => {
    const path = incoming.url?.split('?')[0];
    const protocol = protocols.find((known) => known.path === path);
    if (incoming.method === 'GET' && path === '/v1/models') return void sendAnswer(response, modelList);
    if (incoming.method !== 'POST' || protocol === undefined) {
      const message = `No such route: ${incoming.method} ${path}.`;
      return void sendAnswer(response, renderError(protocol ?? openAiProtocol, 404, message));
    }
    peakConcurrency = Math.max(peakConcurrency, ++running);
    response.once('close', () => running--);
    // A scripted answer that throws is a mistake in the test: say so on the wire instead of hanging.
    handleChat(protocol, incoming, response).catch(async (error: unknown) => {
      const message = `The scripted answer threw: ${String(error)}`;
      if (!response.headersSent) await sendAnswer(response, renderError(protocol, 500, message));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    urls: { openai: `${origin}/v1`, anthropic: origin, ollama: origin },
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

const modelList: HttpAnswer = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  text: JSON.stringify({
    object: 'list',
    data: [{ id: 'local', object: 'model', created: 0, owned_by: 'local' }],
  }),
};

function explainInvalid(protocol: ChatProtocol, body: unknown): string | undefined {
  if (!isJsonObject(body)) return 'Expected a JSON object.';
  const { model, messages } = body;
  if (typeof model !== 'string') return 'Expected a model name.';
  if (!Array.isArray(messages) || messages.length === 0 || !messages.every(isJsonObject)) {
    return 'Expected at least one message.';
  }
  return protocol.explainUnsupported(body);
}

/** What is sent instead of an answer. */
function renderFault(protocol: ChatProtocol, fault: ChatServerFault | undefined): HttpAnswer | undefined {
  if (fault === 'not-json') {
    return { status: 200, headers: { 'content-type': 'text/html' }, text: '<html>Bad gateway</html>' };
  }
  if (fault === 'server-error') return renderError(protocol, 500, 'The server failed.');
  if (fault === 'rate-limit') return renderError(protocol, 429, 'Rate limit reached.');
  if (typeof fault === 'object') {
    return renderError(protocol, 429, 'Rate limit reached.', { 'retry-after': fault.retryAfter });
  }
  return undefined;
}

function renderGiven(protocol: ChatProtocol, request: ChatServerRequest, given: ChatServerAnswer): HttpAnswer {
  if (typeof given !== 'string' && 'status' in given) {
    const { status, body, headers = {} } = given;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return { status, headers: { 'content-type': 'application/json', ...headers }, text };
  }
  const { text, finishReason = 'stop', usage }: ChatAnswer = typeof given === 'string' ? { text: given } : given;
  const { contentType, text: rendered } = protocol.renderAnswer(request.body, {
    text,
    finishReason,
    usage: usage === 'none' ? undefined : (usage ?? estimateUsage(request.messages, text)),
    index: request.index,
  });
  return { status: 200, headers: { 'content-type': contentType }, text: rendered };
}

function renderError(
  protocol: ChatProtocol,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    text: JSON.stringify(protocol.renderError(status, message)),
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
