import {
  InvalidArgumentError,
  type TextModel,
  TextModelError,
  type TextRequest,
  type TextResponse,
} from '@rppkit/spec';
import { assertNotAborted, createAbortError } from './assert-not-aborted.ts';
import { assertTextModel } from './assert-text-model.ts';
import { renderCanonicalJson } from './render-canonical-json.ts';
import { waitUnlessAborted } from './wait-unless-aborted.ts';

/** Where answers are kept so that none is paid for twice. Implementations may be shared by several models. */
export interface ResponseStore {
  get(key: string): Promise<TextResponse | undefined>;
  /** Resolves when the response is kept. */
  put(key: string, response: TextResponse): Promise<void>;
}

/**
 * The identity of a request: model id (which names its parameters), sample index, response schema (keys sorted) and
 * messages. What the call is for and who may abort it change no answer.
 */
export function computeStoreKey(modelId: string, request: TextRequest): string {
  const { responseSchema } = request;
  const schema = responseSchema === undefined ? 'null' : renderCanonicalJson(responseSchema, 'request.responseSchema');
  const messages = request.messages.map(({ role, text }) => [role, text]);
  return `[${JSON.stringify(modelId)},${request.sampleIndex},${schema},${JSON.stringify(messages)}]`;
}

/** A store in memory, gone with the process. */
export function createMemoryStore(): ResponseStore {
  const responses = new Map<string, TextResponse>();
  return {
    async get(key) {
      return responses.get(key);
    },
    async put(key, response) {
      responses.set(key, response);
    },
  };
}

/**
 * Answers from the store where it can (`cached: true`, with the usage, latency and attempts of the original call), else
 * asks `model` and stores the answer before it is returned. Equal requests in flight share one call; each can be aborted
 * without the others. Failed calls are not stored. An error of the store itself is passed on: an answer that cannot be
 * kept is not used. Throws `InvalidArgumentError` for what is no text model or no store.
 */
export function withResponseStore(model: TextModel, store: ResponseStore): TextModel {
  assertTextModel(model);
  assertStore(store);
  const inFlight = new Map<string, Promise<TextResponse>>();

  const ask = async (key: string, request: TextRequest): Promise<TextResponse> => {
    const stored = await store.get(key);
    if (stored !== undefined) return { ...stored, cached: true };
    const response = await model.generate(request);
    await store.put(key, response);
    return response;
  };

  return {
    id: model.id,
    async generate(request) {
      const key = computeStoreKey(model.id, request);
      assertNotAborted(request.signal);
      for (let shared = inFlight.get(key); shared !== undefined; shared = inFlight.get(key)) {
        try {
          return { ...(await waitUnlessAborted(shared, request.signal, createAbortError)), cached: true };
        } catch (error) {
          // Where only the caller that asked gave up, this one asks in its place.
          const abandoned = TextModelError.isInstance(error) && error.failure === 'aborted';
          if (!abandoned || request.signal?.aborted === true) throw error;
        }
      }
      const call = ask(key, request).finally(() => inFlight.delete(key));
      inFlight.set(key, call);
      return call;
    },
  };
}

function assertStore(store: unknown): void {
  const { get, put } = (store ?? {}) as Partial<ResponseStore>;
  if (typeof get === 'function' && typeof put === 'function') return;
  const advice = 'Pass what openResponseStore(…) or createMemoryStore() returns.';
  throw new InvalidArgumentError('store', 'a response store with get and put', store, advice);
}
