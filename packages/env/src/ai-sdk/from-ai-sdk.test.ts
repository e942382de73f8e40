import { type RppError, TextModelError, type TextRequest } from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import { describe, expect, it } from 'vitest';
import type { AiSdkCallOptions, AiSdkLanguageModel, AiSdkResult } from './ai-sdk-language-model.ts';
import { type FromAiSdkOptions, fromAiSdk } from './from-ai-sdk.ts';

const request: TextRequest = {
  messages: [
    { role: 'system', text: 'You rank films.' },
    { role: 'user', text: 'Rank Heat and Alien.' },
  ],
  sampleIndex: 0,
  purpose: 'rank',
};

type Version = AiSdkLanguageModel['specificationVersion'];
const versions: readonly Version[] = ['v2', 'v3', 'v4'];

/** A result in the form of each version. */
function createResult(
  version: Version,
  changes: {
    readonly text?: string;
    readonly reason?: string;
    readonly input?: unknown;
    readonly output?: unknown;
  } = {},
): AiSdkResult {
  const { text, reason, input, output } = {
    text: '1. Heat\n2. Alien',
    reason: 'stop',
    input: 21,
    output: 8,
    ...changes,
  };
  const old = version === 'v2';
  const count = (total: unknown) => (old ? total : { total, noCache: total, text: total }) as number;
  return {
    content: [
      { type: 'reasoning', text: '1. Draft' },
      { type: 'text', text: text.slice(0, 4) },
      { type: 'source' },
      { type: 'text', text: text.slice(4) },
    ],
    finishReason: old ? reason : { unified: reason, raw: 'x' },
    usage: { inputTokens: count(input), outputTokens: count(output), totalTokens: 0 },
    warnings: [],
  } as AiSdkResult;
}

function createModel(
  version: Version,
  answer: (options: AiSdkCallOptions) => AiSdkResult | Promise<AiSdkResult> = () => createResult(version),
) {
  const calls: AiSdkCallOptions[] = [];
  const model: AiSdkLanguageModel = {
    specificationVersion: version,
    provider: 'local.chat',
    modelId: 'film-1',
    async doGenerate(options) {
      calls.push(options);
      options.abortSignal?.throwIfAborted();
      return answer(options);
    },
  };
  return { model, calls };
}

async function fail(call: Promise<unknown>): Promise<RppError> {
  return call.then(
    () => expect.fail('Expected a failure, received an answer'),
    (error: RppError) => error,
  );
}

for (const version of versions) {
  describeTextModel({
    name: `AI SDK ${version}`,
    create: async () => ({ model: fromAiSdk(createModel(version).model) }),
    repeatable: true,
  });
}

describe.each(versions)('fromAiSdk with a model of %s', (version) => {
  it('sends messages and reads text, usage and finish reason', async () => {
    const { model, calls } = createModel(version);
    const times = [1000, 1250];
    expect(await fromAiSdk(model, { clock: { now: () => times.shift()! } }).generate(request)).toEqual({
      text: '1. Heat\n2. Alien',
      usage: { inputTokens: 21, outputTokens: 8, estimated: false },
      cached: false,
      latencyMs: 250,
      finishReason: 'stop',
    });
    expect(calls).toEqual([
      {
        prompt: [
          { role: 'system', content: 'You rank films.' },
          { role: 'user', content: [{ type: 'text', text: 'Rank Heat and Alien.' }] },
        ],
      },
    ]);
  });

  it.each([
    ['length', 'length'],
    ['content-filter', 'content-filter'],
    ['tool-calls', 'other'],
    ['error', 'other'],
  ])('reads finish reason %s as %s', async (reason, expected) => {
    const { model } = createModel(version, () => createResult(version, { reason }));
    expect((await fromAiSdk(model).generate(request)).finishReason).toBe(expected);
  });

  it.each([{ input: undefined }, { output: undefined }, { input: Number.NaN }])(
    'estimates usage of which a part is missing: %o',
    async (parts) => {
      const { model } = createModel(version, () => createResult(version, { text: 'fine', ...parts }));
      // 15 characters are 4 tokens, 20 are 5, and "fine" is 1.
      expect((await fromAiSdk(model).generate(request)).usage).toEqual({
        inputTokens: 9,
        outputTokens: 1,
        estimated: true,
      });
    },
  );
});

describe('fromAiSdk', () => {
  it('sends parameters and names them in the id', async () => {
    const { model, calls } = createModel('v3');
    const parameters = { temperature: 0.2, providerOptions: { local: { effort: 'low' } } };
    expect(fromAiSdk(model).id).toBe('local.chat:film-1');
    expect(fromAiSdk(model, { id: 'mine' }).id).toBe('mine');
    const tuned = fromAiSdk(model, { parameters });
    expect(tuned.id).toBe('local.chat:film-1 {"providerOptions":{"local":{"effort":"low"}},"temperature":0.2}');
    await tuned.generate(request);
    expect(calls[0]).toMatchObject(parameters);
  });

  it('sends a seed of messages and sample index, the signal, and assistant messages', async () => {
    const { model, calls } = createModel('v4');
    const seeded = fromAiSdk(model, { seed: 'from-sample-index' });
    const { signal } = new AbortController();
    await seeded.generate(request);
    await seeded.generate({ ...request, signal });
    await seeded.generate({ ...request, sampleIndex: 1 });
    await seeded.generate({ ...request, messages: [{ role: 'assistant', text: 'a' }] });
    const seeds = calls.map(({ seed }) => seed!);
    expect(seeds[1]).toBe(seeds[0]);
    expect(new Set(seeds).size).toBe(3);
    for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31).toBe(true);
    expect(calls[0]!.abortSignal).toBeUndefined();
    expect(calls[1]!.abortSignal!.aborted).toBe(false);
    expect(calls[3]!.prompt).toEqual([{ role: 'assistant', content: [{ type: 'text', text: 'a' }] }]);
  });

  it('asks for JSON by the schema', async () => {
    const { model, calls } = createModel('v3');
    const responseSchema = { type: 'object' };
    await fromAiSdk(model).generate({ ...request, responseSchema });
    expect(calls[0]!.responseFormat).toEqual({ type: 'json', schema: responseSchema, name: 'answer' });
  });

  it.each([
    { type: 'unsupported', feature: 'responseFormat' },
    { type: 'unsupported-setting', setting: 'responseFormat' },
  ])('does not let a schema be dropped in silence: %j', async (warning) => {
    const { model } = createModel('v3', () => ({ ...createResult('v3'), warnings: [warning] }));
    const error = await fail(fromAiSdk(model).generate({ ...request, responseSchema: {} }));
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', argument: 'request.responseSchema' });
    expect((await fromAiSdk(model).generate(request)).text).toBe('1. Heat\n2. Alien');
  });

  it('lets warnings of other kinds pass', async () => {
    const warnings = [{ type: 'other' }, { type: 'unsupported', feature: 'seed' }];
    const { model } = createModel('v3', () => ({ ...createResult('v3'), warnings }));
    expect((await fromAiSdk(model).generate({ ...request, responseSchema: {} })).text).toBe('1. Heat\n2. Alien');
  });

  it('types an AI_APICallError, without the key in it', async () => {
    const thrown = Object.assign(new Error('Incorrect key sk-marked-0123456789 for hidden/key'), {
      name: 'AI_APICallError',
      statusCode: 429,
      responseHeaders: { 'retry-after': '2' },
      responseBody: '{"error":{"code":"rate_limit_exceeded"}}',
      isRetryable: true,
      requestBodyValues: { authorization: 'sk-marked-0123456789' },
    });
    const { model } = createModel('v3', () => Promise.reject(thrown));
    const error = await fail(
      fromAiSdk({ ...model, config: { apiKey: 'hidden/key' } } as typeof model).generate(request),
    );
    expect(error).toMatchObject({ failure: 'rate-limit', retryAfterMs: 2000, possiblyPaid: false, status: 429 });
    for (const shown of [error.message, error.stack, JSON.stringify(error), String(error.cause)]) {
      expect(shown).not.toMatch(/marked|hidden/);
    }
  });

  it('passes typed errors on', async () => {
    const typed = new TextModelError('budget', 'enough');
    const { model } = createModel('v3', () => Promise.reject(typed));
    expect(await fail(fromAiSdk(model).generate(request))).toBe(typed);
  });

  it('ends at once when aborted, also where the model does not listen', async () => {
    const { model } = createModel('v3', () => new Promise(() => {}));
    const controller = new AbortController();
    const call = fail(fromAiSdk(model).generate({ ...request, signal: controller.signal }));
    controller.abort();
    expect(await call).toMatchObject({ failure: 'aborted', possiblyPaid: true });
  });

  it.each([
    ['no usage', { usage: undefined }],
    ['no counts', { usage: { inputTokens: null, outputTokens: null } }],
    ['no finish reason', { finishReason: undefined }],
    ['no warnings', { warnings: null }],
    ['a part that is none', { content: [null, { type: 'text', text: 'fine' }] }],
  ])('takes an answer that came with %s', async (_what, changes) => {
    const { model } = createModel('v3', () => ({ ...createResult('v3', { text: 'fine' }), ...changes }) as AiSdkResult);
    const text = await fromAiSdk(model).generate({ ...request, responseSchema: { type: 'object' } });
    expect(text).toMatchObject({ text: 'fine', usage: { outputTokens: expect.any(Number) } });
  });

  it.each([undefined, {}, { content: 'fine' }])('does not take the result %j for a lost connection', async (result) => {
    const { model } = createModel('v3', () => result as AiSdkResult);
    const error = await fail(fromAiSdk(model).generate(request));
    expect(TextModelError.isInstance(error)).toBe(false);
    expect(error.message).toContain('Expected the result of doGenerate to be one whose content is a list of parts');
  });

  it('is an abort where the model throws its own error for it', async () => {
    const controller = new AbortController();
    const { model } = createModel('v3', () => {
      controller.abort();
      throw new Error('This operation was aborted');
    });
    expect(await fail(fromAiSdk(model).generate({ ...request, signal: controller.signal }))).toMatchObject({
      failure: 'aborted',
      possiblyPaid: true,
    });
  });

  it.each([
    ['v1', { specificationVersion: 'v1' }],
    ['a name', 'gpt-4o-mini'],
    ['nothing', undefined],
  ])('refuses %s', (_what, model) => {
    expect(() => fromAiSdk(model as AiSdkLanguageModel)).toThrow(
      "Expected model.specificationVersion to be 'v2', 'v3' or",
    );
  });

  it('refuses a model of another kind, which has no doGenerate', () => {
    const model = { specificationVersion: 'v3', provider: 'p', modelId: 'm', doEmbed() {} } as unknown;
    expect(() => fromAiSdk(model as AiSdkLanguageModel)).toThrow(
      'Expected model.doGenerate to be a function, received undefined. Pass a language model of the AI SDK',
    );
  });

  it.each([
    [{ parameters: null }, 'parameters to be an object, received null'],
    [{ parameters: 'hot' }, 'parameters to be an object, received "(hidden)"'],
    [{ seed: 1 }, "seed to be 'from-sample-index' or absent, received 1"],
  ])('refuses %j', (options, words) => {
    const { model } = createModel('v3');
    expect(() => fromAiSdk(model, options as unknown as FromAiSdkOptions)).toThrow(`Expected ${words}`);
  });

  it.each(['prompt', 'abortSignal', 'responseFormat', 'headers', 'tools', 'toolChoice'])(
    'refuses the parameter %s',
    (name) => {
      const { model } = createModel('v3');
      expect(() => fromAiSdk(model, { parameters: { [name]: {} } })).toThrow(
        `Expected parameters.${name} to be absent`,
      );
    },
  );

  it('takes a fixed seed, unless seeds come from the sample index', () => {
    const { model } = createModel('v3');
    expect(fromAiSdk(model, { parameters: { seed: 1 } }).id).toBe('local.chat:film-1 {"seed":1}');
    expect(() => fromAiSdk(model, { parameters: { seed: 1 }, seed: 'from-sample-index' })).toThrow('parameters.seed');
  });
});
