import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRandomStream, InvalidArgumentError } from '@rppkit/spec';
import { type AnswerSampler, createAnswerSampler } from '../answering/answer-sampler.ts';
import { behaviours, type SimulatorProfile } from '../answering/behaviour.ts';
import type { SimulatedModelOptions } from '../answering/simulated-model-options.ts';
import { createSimulatedService, type SimulatedCallOptions } from '../answering/simulated-service.ts';
import { renderOriginHeaders, renderPreflightHeaders } from './cross-origin.ts';
import { createHttpFailure, type HttpFailure, HttpFailureError, toHttpFailure } from './http-failure.ts';
import { listen } from './listen.ts';
import { readBody } from './read-body.ts';
import { type ChatBody, readChatBody } from './read-chat-body.ts';
import { type Completion, renderCompletion, renderEvents } from './render-completion.ts';

/** The profile is not among them: a client chooses it with the name of the model. */
export interface SimulatorServerOptions extends Omit<SimulatedModelOptions, 'profile'>, SimulatedCallOptions {
  /** Default '127.0.0.1': this machine alone. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Longest body in bytes, a positive integer; default 4 MiB. */
  readonly maximumBodyBytes?: number;
  /** The origin whose pages may call from a browser, such as `http://localhost:5173`, or `*`. Default: none. */
  readonly allowedOrigin?: string;
}

export interface SimulatorServer {
  /** What clients take as base URL, ends in `/v1`. */
  readonly url: string;
  readonly port: number;
  /** Number of valid chat requests so far, failed and aborted ones included. */
  readonly requests: number;
  /** Takes no new connections, answers every request that has arrived in full, drops all connections, then resolves. */
  close(): Promise<void>;
}

/**
 * Starts the simulated model as a server that clients of OpenAI's chat completions can talk to; no key is asked for.
 *
 * - `POST /v1/chat/completions`: `messages` (text only), `temperature`, `seed`, `n`, `max_tokens` or `max_completion_tokens`,
 *   `stop`, `response_format`, `tools` with `tool_choice`, `stream` with `stream_options`. An answer is a function of the body
 *   and its seed; without one the seed comes from the bytes of the body. Models are `simulated-weak` and `simulated-strong`.
 * - `GET /v1/models`, `GET /v1/models/{name}` and `GET /health`, with HEAD too.
 *
 * Errors are 400 (naming the field), 404 (route, model), 405, 413 and what `faults` say, in OpenAI's form; a lost connection
 * is dropped without an answer. Rejects with `InvalidArgumentError` for options out of range and where the port is taken.
 */
export async function startSimulatorServer({
  host = '127.0.0.1',
  port = 0,
  maximumBodyBytes = 4 * 1024 * 1024,
  allowedOrigin,
  ...options
}: SimulatorServerOptions): Promise<SimulatorServer> {
  if (!Number.isSafeInteger(maximumBodyBytes) || maximumBodyBytes < 1) {
    throw new InvalidArgumentError('maximumBodyBytes', 'a positive integer', maximumBodyBytes);
  }
  const profiles = Object.keys(behaviours) as SimulatorProfile[];
  const models: ReadonlyMap<string, AnswerSampler> = new Map(
    profiles.map((profile) => [`simulated-${profile}`, createAnswerSampler({ ...options, profile })]),
  );
  const service = createSimulatedService(options);
  let requests = 0;
  let running = 0;
  let closing = false;

  const answerChat = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await readBody(request, maximumBodyBytes);
    running++;
    response.once('close', () => {
      running--;
      if (closing && running === 0) server.closeAllConnections();
    });
    const body = readChatBody(text);
    const sampler = models.get(body.model);
    if (sampler === undefined) throw new HttpFailureError(createModelFailure(body.model, [...models.keys()]));
    requests++;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const { id, model, wanted, stream, streamUsage } = body;
    const ask = (choice: number): Parameters<typeof service.serve>[1] => createAnswerRequest(body, choice);
    const first = await service.serve(sampler, ask(0), gone.signal);
    const others = Array.from({ length: body.choices - 1 }, (_, index) => sampler.sample(ask(index + 1)));
    const completion: Completion = { id, model, tool: wanted.tool, answers: [first, ...others] };
    if (stream) send(response, 200, renderEvents(completion, streamUsage), { 'content-type': 'text/event-stream' });
    else send(response, 200, renderCompletion(completion));
  };

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url?.split('?')[0] ?? '';
    const named = path.startsWith(modelRoute) ? decodePath(path.slice(modelRoute.length)) : undefined;
    const allowed = named === undefined ? routes[path] : readMethods;
    if (allowed === undefined) throw new HttpFailureError(createHttpFailure(404, `No such route: ${path}.`));
    if (request.method === 'OPTIONS' && allowedOrigin !== undefined) {
      response.writeHead(204, { ...renderOriginHeaders(allowedOrigin), ...renderPreflightHeaders(request, allowed) });
      return void response.end();
    }
    if (!allowed.split(', ').includes(request.method ?? '')) {
      const failure = createHttpFailure(405, `Expected ${allowed} for ${path}, received ${request.method}.`);
      throw new HttpFailureError({ ...failure, headers: { allow: allowed } });
    }
    if (path === '/health') return send(response, 200, JSON.stringify({ status: 'ok' }));
    if (path === '/v1/models') return send(response, 200, renderModels([...models.keys()]));
    if (named === undefined) return answerChat(request, response);
    if (!models.has(named)) throw new HttpFailureError(createModelFailure(named, [...models.keys()]));
    return send(response, 200, JSON.stringify(describeModel(named)));
  };

  const send = (
    response: ServerResponse,
    status: number,
    text: string,
    headers: Readonly<Record<string, string>> = {},
  ): void => {
    if (response.destroyed) return;
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      ...(closing && { connection: 'close' }),
      ...renderOriginHeaders(allowedOrigin),
      ...headers,
    });
    response.end(text);
  };

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      const failure = toHttpFailure(error);
      if (failure === undefined) return void request.socket.destroy();
      send(response, failure.status, JSON.stringify({ error: failure.error }), failure.headers);
    });
  });
  // Longer than clients keep idle connections, so that none is closed under a request on its way.
  server.keepAliveTimeout = 65_000;
  const bound = await listen(server, host, port);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/v1`,
    port: bound,
    get requests() {
      return requests;
    },
    close: () =>
      new Promise((resolve) => {
        closing = true;
        server.close(() => resolve());
        // Connections without a request would otherwise keep it open as long as their clients like.
        if (running === 0) server.closeAllConnections();
        else server.closeIdleConnections();
      }),
  };
}

const readMethods = 'GET, HEAD';
const modelRoute = '/v1/models/';
const routes: Readonly<Record<string, string>> = {
  '/v1/chat/completions': 'POST',
  '/v1/models': readMethods,
  '/health': readMethods,
};

function decodePath(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function createAnswerRequest(
  { messages, seed, temperature, maxTokens, stop, wanted }: ChatBody,
  choice: number,
): Parameters<AnswerSampler['sample']>[0] {
  return {
    messages,
    seed: choice === 0 ? seed : createRandomStream(seed).split(choice).bits(),
    temperature,
    maxTokens,
    stop,
    schema: wanted.schema,
  };
}

function createModelFailure(name: string, known: readonly string[]): HttpFailure {
  const message = `The model ${JSON.stringify(name)} does not exist. The models are ${known.join(', ')}.`;
  return createHttpFailure(404, message, { param: 'model', code: 'model_not_found' });
}

function renderModels(names: readonly string[]): string {
  return JSON.stringify({ object: 'list', data: names.map(describeModel) });
}

function describeModel(id: string): object {
  return { id, object: 'model', created: 0, owned_by: 'rppkit' };
}
