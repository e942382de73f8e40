import { type TextModel, TextModelError, type TextRequest, type TextResponse } from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import { describe, expect, it } from 'vitest';
import { createScriptedModel } from '../testing/scripted-model.ts';
import { fromFunction } from './from-function.ts';
import { guardTextModel } from './guard-text-model.ts';
import { computeStoreKey, createMemoryStore, type ResponseStore, withResponseStore } from './with-response-store.ts';

const ask = (text: string, changes: Partial<TextRequest> = {}): TextRequest => ({
  messages: [{ role: 'user', text }],
  sampleIndex: 0,
  purpose: 'rank',
  ...changes,
});

/** Answers on demand; rejects as aborted when the request's own signal is. */
function createHangingModel() {
  const calls: { readonly answer: (text: string) => void; readonly fail: (error: Error) => void }[] = [];
  const model: TextModel = {
    id: 'hanging',
    generate: ({ signal }) =>
      new Promise<TextResponse>((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new TextModelError('aborted', 'given up')));
        const usage = { inputTokens: 3, outputTokens: 2, estimated: false };
        calls.push({
          answer: (text) => resolve({ text, usage, cached: false, latencyMs: 5, finishReason: 'stop' }),
          fail: reject,
        });
      }),
  };
  return { model, calls };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describeTextModel({
  name: 'stored model',
  create: async () => ({
    model: withResponseStore(
      fromFunction({ id: 'm', answer: ({ sampleIndex }) => `x${sampleIndex}` }),
      createMemoryStore(),
    ),
  }),
  repeatable: true,
});

describe('withResponseStore', () => {
  it.each([
    ['a path', './answers', 'received "./answers". Pass what openResponseStore(…) or createMemoryStore() returns.'],
    ['a Map', new Map(), 'received object.'],
    ['a store that only writes', { put: async () => {} }, 'received object.'],
    ['null', null, 'received null.'],
  ])('refuses %s', (_what, given, words) => {
    const store = given as unknown as ResponseStore;
    const expected = `Expected store to be a response store with get and put, ${words}`;
    expect(() => withResponseStore(createScriptedModel([]), store)).toThrow(expected);
    expect(() => guardTextModel(createScriptedModel([]), { store })).toThrow(expected);
  });

  it('asks once, then answers from the store with the usage of the original call', async () => {
    const { model, calls } = createHangingModel();
    const stored = withResponseStore(model, createMemoryStore());
    const first = stored.generate(ask('a'));
    await settle();
    calls[0]!.answer('fine');
    expect(await first).toMatchObject({ text: 'fine', cached: false });
    expect(await stored.generate(ask('a'))).toEqual({
      text: 'fine',
      usage: { inputTokens: 3, outputTokens: 2, estimated: false },
      cached: true,
      latencyMs: 5,
      finishReason: 'stop',
    });
    expect(calls).toHaveLength(1);
  });

  it('keeps how many attempts the original call took', async () => {
    const usage = { inputTokens: 3, outputTokens: 2, estimated: false };
    const answer: TextResponse = { text: 'a', usage, cached: false, latencyMs: 5, finishReason: 'stop', attempts: 3 };
    const stored = withResponseStore({ id: 'm', generate: async () => answer }, createMemoryStore());
    expect(await stored.generate(ask('a'))).toEqual(answer);
    expect(await stored.generate(ask('a'))).toEqual({ ...answer, cached: true });
  });

  it('has the answer in the store before it returns it, and does not use one that cannot be kept', async () => {
    const kept: string[] = [];
    let full = false;
    const store: ResponseStore = {
      get: async () => undefined,
      async put(_key, { text }) {
        await settle();
        if (full) throw new Error('disk full');
        kept.push(text);
      },
    };
    const stored = withResponseStore(createScriptedModel(['one', 'two']), store);
    await stored.generate(ask('a')).then(() => expect(kept).toEqual(['one']));
    full = true;
    await expect(stored.generate(ask('b'))).rejects.toThrow('disk full');
  });

  it('shares nothing between sample indices, messages, roles, schemas and models', async () => {
    const store = createMemoryStore();
    let calls = 0;
    const create = (id: string) => withResponseStore(fromFunction({ id, answer: () => `answer ${calls++}` }), store);
    const requests = [
      ask('a'),
      ask('a', { sampleIndex: 1 }),
      ask('b'),
      ask('a', { messages: [{ role: 'system', text: 'a' }] }),
      ask('a', { responseSchema: { type: 'object' } }),
    ];
    const texts: string[] = [];
    for (const id of ['m', 'n']) for (const request of requests) texts.push((await create(id).generate(request)).text);
    expect(new Set(texts).size).toBe(10);
    // What a call is for and who may abort it changes no answer.
    const again = await create('m').generate(ask('a', { purpose: 'probe', signal: new AbortController().signal }));
    expect(again).toMatchObject({ text: texts[0], cached: true });
    expect(calls).toBe(10);
  });

  it('shares one call between equal requests in flight', async () => {
    const { model, calls } = createHangingModel();
    const stored = withResponseStore(model, createMemoryStore());
    const shared = [1, 2, 3].map(() => stored.generate(ask('a')));
    const other = stored.generate(ask('a', { sampleIndex: 1 }));
    await settle();
    expect(calls).toHaveLength(2);
    calls[0]!.answer('fine');
    calls[1]!.answer('other');
    const responses = await Promise.all(shared);
    expect(responses.map(({ text }) => text)).toEqual(['fine', 'fine', 'fine']);
    expect(responses.map(({ cached }) => cached)).toEqual([false, true, true]);
    expect((await other).text).toBe('other');
  });

  it('does not store a failed call, and fails all who shared it', async () => {
    const { model, calls } = createHangingModel();
    const stored = withResponseStore(model, createMemoryStore());
    const shared = [1, 2].map(() => stored.generate(ask('a')));
    await settle();
    calls[0]!.fail(new TextModelError('server', 'down'));
    for (const call of shared) await expect(call).rejects.toMatchObject({ failure: 'server' });
    const next = stored.generate(ask('a'));
    await settle();
    calls[1]!.answer('up again');
    expect(await next).toMatchObject({ text: 'up again', cached: false });
  });

  it('lets a sharer leave at once without breaking the call', async () => {
    const { model, calls } = createHangingModel();
    const stored = withResponseStore(model, createMemoryStore());
    const controller = new AbortController();
    const owner = stored.generate(ask('a'));
    const leaver = stored.generate(ask('a', { signal: controller.signal }));
    const stayer = stored.generate(ask('a', { signal: new AbortController().signal }));
    await settle();
    controller.abort();
    // The call itself is still under way.
    await expect(leaver).rejects.toMatchObject({ failure: 'aborted' });
    calls[0]!.answer('fine');
    expect((await owner).text).toBe('fine');
    expect(await stayer).toMatchObject({ text: 'fine', cached: true });
    expect(calls).toHaveLength(1);
  });

  it('asks again, once, where only the caller that asked gave up', async () => {
    const { model, calls } = createHangingModel();
    const stored = withResponseStore(model, createMemoryStore());
    const controller = new AbortController();
    const owner = stored.generate(ask('a', { signal: controller.signal }));
    const sharers = [1, 2].map(() => stored.generate(ask('a')));
    await settle();
    controller.abort();
    await expect(owner).rejects.toMatchObject({ failure: 'aborted' });
    await settle();
    expect(calls).toHaveLength(2);
    calls[1]!.answer('fine');
    expect((await Promise.all(sharers)).map(({ text }) => text)).toEqual(['fine', 'fine']);
  });

  it('rejects an aborted request even where the answer is stored', async () => {
    const stored = withResponseStore(createScriptedModel(['fine']), createMemoryStore());
    await stored.generate(ask('a'));
    await expect(stored.generate(ask('a', { signal: AbortSignal.abort() }))).rejects.toMatchObject({
      failure: 'aborted',
    });
  });
});

describe('computeStoreKey', () => {
  it('is the same for equal schemas, whatever the order of their keys', () => {
    const [left, right] = [
      { type: 'object', required: ['a', 'b'] },
      { required: ['a', 'b'], type: 'object' },
    ].map((responseSchema) => computeStoreKey('m', ask('a', { responseSchema })));
    expect(left).toBe(right);
    expect(computeStoreKey('m', ask('a', { responseSchema: { type: 'object', required: ['b', 'a'] } }))).not.toBe(left);
    expect(computeStoreKey('m', ask('a'))).toBe('["m",0,null,[["user","a"]]]');
  });

  it('cannot be forged by text that looks like another message', () => {
    const two = ask('', {
      messages: [
        { role: 'user', text: 'a' },
        { role: 'user', text: 'b' },
      ],
    });
    const one = ask('', { messages: [{ role: 'user', text: 'a"],["user","b' }] });
    expect(computeStoreKey('m', two)).not.toBe(computeStoreKey('m', one));
  });
});
