import { InMemoryCache } from '@langchain/core/caches';
import {
  AIMessage,
  type AIMessageChunk,
  ChatMessage,
  HumanMessage,
  SystemMessage,
  ToolMessage,
  type UsageMetadata,
} from '@langchain/core/messages';
import type { LLMResult } from '@langchain/core/outputs';
import { tool } from '@langchain/core/tools';
import { createRandomStream, InvalidArgumentError, type TextMessage } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import {
  composeTinyPrompt,
  createTinyDataset,
  tinyKnowledge as knowledge,
  tinyParts,
} from './answering/tiny-prompts.fixture.ts';
import { createKnowledge } from './knowledge/knowledge.ts';
import { SimulatedChatModel, type SimulatedChatModelParams } from './simulated-chat-model.ts';
import { createSimulatedTextModel } from './simulated-text-model.ts';

const toMessages = (messages: readonly TextMessage[]): (SystemMessage | HumanMessage)[] =>
  messages.map(({ role, text }) => (role === 'system' ? new SystemMessage(text) : new HumanMessage(text)));
const prompt = composeTinyPrompt({ ...tinyParts, role: 'You are an expert.' });
const messages = toMessages(prompt);
const create = (params: Partial<SimulatedChatModelParams> = {}): SimulatedChatModel =>
  new SimulatedChatModel({ knowledge, ...params });
const chat = create();

const schema = {
  title: 'Ranking',
  type: 'object',
  properties: { ranking: { type: 'array', items: { type: 'integer' } } },
  required: ['ranking'],
};

describe('SimulatedChatModel', () => {
  it('gives the text of the plain text model for the seed of the sample index', async () => {
    const body = prompt.map(({ role, text }) => `${role}\n${text}`).join('\n');
    const plain = createSimulatedTextModel({ knowledge });
    for (let sampleIndex = 0; sampleIndex < 10; sampleIndex++) {
      // As `fromLangChain` derives it.
      const seed = createRandomStream(body).split(sampleIndex).bits() >>> 1;
      const { text, usage_metadata: usage } = await chat.invoke(messages, { seed });
      const response = await plain.generate({ messages: prompt, sampleIndex, purpose: 'rank' });
      expect(text).toBe(response.text);
      expect(usage).toMatchObject({
        input_tokens: response.usage.inputTokens,
        output_tokens: response.usage.outputTokens,
      });
    }
  });

  it('depends on the call seed, and on its own seed without one', async () => {
    const text = async (seed?: number, own = 0): Promise<string> =>
      (await create({ seed: own }).invoke(messages, seed === undefined ? {} : { seed })).text;
    expect(await text(7)).toBe(await text(7, 3));
    expect(await text(7)).not.toBe(await text(8));
    expect(await text()).toBe(await text(0));
    expect(await text(undefined, 8)).toBe(await text(8));
  });

  it('reads its own earlier answers', async () => {
    const turns = [...messages, new AIMessage('1. Drama G'), new HumanMessage('Once more, please.')];
    expect((await chat.invoke(turns)).text.length).toBeGreaterThan(0);
  });

  it('reports tokens, the end and what identifies it', async () => {
    const message = await chat.invoke('One two three four five.');
    // "user\nOne two three four five." has 29 characters, 7.25 tokens.
    expect(message.usage_metadata).toMatchObject({
      input_tokens: 8,
      output_tokens: Math.ceil(message.text.length / 4),
    });
    expect(message.response_metadata).toMatchObject({
      finish_reason: 'stop',
      model_name: `simulated:weak temperature=0.7 knowledge=${knowledge.id}`,
    });
    expect(chat._llmType()).toBe('rppkit-simulated');
    expect(SimulatedChatModel.lc_name()).toBe('SimulatedChatModel');
    const type = '_type';
    expect(create({ temperature: 0.2 })._identifyingParams()).toEqual({
      [type]: 'rppkit-simulated',
      profile: 'weak',
      temperature: 0.2,
      rewriting: 'faithful',
      knowledge: knowledge.id,
      seed: 0,
    });
    expect(create({ maxTokens: 5 })._identifyingParams()).toMatchObject({ maxTokens: 5 });
    expect(chat.callKeys).toEqual(expect.arrayContaining(['seed', 'maxTokens', 'tools', 'response_format', 'stop']));
  });

  it('reads parts of text and refuses pictures', async () => {
    const text = { type: 'text', text: prompt[1]!.text };
    const picture = { type: 'image_url', image_url: { url: 'data:image/png;base64,AA' } };
    const whole = await chat.invoke([messages[0]!, new HumanMessage({ content: [text] })]);
    expect(whole.text).toBe((await chat.invoke(messages)).text);
    await expect(chat.invoke([new HumanMessage({ content: [text, picture] })])).rejects.toThrow('image_url');
    expect(
      await chat.invoke([...messages, new AIMessage({ content: [{ type: 'reasoning', reasoning: 'Hm.' }] })]),
    ).toBeDefined();
  });

  it('counts tokens without a network', async () => {
    expect(await chat.getNumTokens('One two 三')).toBe(3);
    expect(await chat.getNumTokens([{ type: 'text', text: 'One two 三' }])).toBe(3);
  });

  it('tells callbacks what a call cost and how it ended', async () => {
    const ends: LLMResult[] = [];
    const { usage_metadata: spent } = await chat.invoke(messages, {
      callbacks: [{ handleLLMEnd: (result: LLMResult) => void ends.push(result) }],
    });
    const usage = spent as UsageMetadata | undefined;
    expect(ends[0]?.llmOutput).toEqual({
      tokenUsage: {
        promptTokens: usage?.input_tokens,
        completionTokens: usage?.output_tokens,
        totalTokens: usage?.total_tokens,
      },
    });
    expect(ends[0]?.generations[0]?.[0]?.generationInfo).toMatchObject({ finish_reason: 'stop' });
  });

  it('keeps its answers apart from those of others in a cache', async () => {
    const cache = new InMemoryCache();
    const others: readonly Partial<SimulatedChatModelParams>[] = [
      {},
      { temperature: 0 },
      { seed: 8 },
      { profile: 'strong' },
      { maxTokens: 9 },
      { knowledge: createKnowledge(createTinyDataset('b'), { users: Int32Array.of() }) },
      { knowledge: createKnowledge(createTinyDataset('a'), { users: 'all', associations: { dimensions: 2 } }) },
    ];
    for (const params of others) {
      const { text } = await create({ ...params, cache }).invoke(messages);
      expect(text).toBe((await create(params).invoke(messages)).text);
    }
    const keys = others.map((params) => JSON.stringify(create(params)._identifyingParams()));
    expect(new Set(keys).size).toBe(others.length);
    // Equal knowledge, made again, finds what is there.
    const same = createKnowledge(createTinyDataset('a'), { users: 'all' });
    expect(create({ knowledge: same })._identifyingParams()).toEqual(chat._identifyingParams());
    // What a call asks for is part of the key.
    const cached = create({ cache });
    for (const options of [
      { seed: 3 },
      { maxTokens: 2 },
      { stop: ['2.'] },
      { response_format: { type: 'json_object' } },
    ]) {
      expect((await cached.invoke(messages, options)).text).toBe((await chat.invoke(messages, options)).text);
    }
  });

  it('is cut off at its own limit or at that of the call, and by stop sequences', async () => {
    const limited = create({ maxTokens: 5 });
    expect((await limited.invoke(messages)).response_metadata['finish_reason']).toBe('length');
    expect((await limited.invoke(messages, { maxTokens: 3 })).usage_metadata).toMatchObject({ output_tokens: 3 });
    const stopped = await chat.invoke(messages, { stop: ['\n2. '] });
    expect(stopped.text).toMatch(/1\. [^\n]+$/);
    expect(stopped.response_metadata['finish_reason']).toBe('stop');
  });

  it('refuses what it cannot take', async () => {
    expect(() => create({ seed: 0.5 })).toThrow(InvalidArgumentError);
    await expect(chat.invoke('Hello.', { seed: 0.5 })).rejects.toThrow('seed');
    await expect(chat.invoke('Hello.', { maxTokens: 0 })).rejects.toThrow('maxTokens');
    const odd = new ChatMessage({ role: 'constructor', content: 'done' });
    await expect(chat.invoke([odd])).rejects.toThrow('type of messages[0] to be system, human, ai, tool');
    const stop = '3.' as unknown as string[];
    await expect(chat.invoke('Hello.', { stop })).rejects.toThrow('stop to be an array of strings');
    expect(() => create({ temperature: '1' as unknown as number })).toThrow('temperature');
    expect(() => create({ knowledge: undefined as never })).toThrow('Make one with createKnowledge');
  });

  it('ends with an abort, before a call and during its latency', async () => {
    await expect(chat.invoke(messages, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    const controller = new AbortController();
    const call = create({ latency: { meanMs: 1e6 } }).invoke(messages, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toThrow(/abort/i);
  });

  it('throws faults in the shape of a provider, without retries of its own', async () => {
    await expect(create({ faults: { rateLimit: 1 } }).invoke(messages)).rejects.toMatchObject({
      name: 'SimulatedProviderError',
      status: 429,
      code: 'rate_limit_exceeded',
      headers: { 'retry-after': '1' },
    });
    await expect(create({ faults: { network: 1 } }).invoke(messages)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });
});

describe('streams of SimulatedChatModel', () => {
  const gather = async (stream: AsyncIterable<AIMessageChunk>): Promise<AIMessageChunk[]> => {
    const chunks: AIMessageChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    return chunks;
  };

  it('give the text in pieces, and usage and the end once', async () => {
    const whole = await chat.invoke(messages, { seed: 4 });
    const chunks = await gather(await chat.stream(messages, { seed: 4 }));
    expect(chunks.length).toBeGreaterThan(5);
    const joined = chunks.reduce((left, right) => left.concat(right));
    expect(joined.text).toBe(whole.text);
    const usage: object | undefined = whole.usage_metadata;
    expect(joined.usage_metadata).toMatchObject(usage!);
    expect(whole.response_metadata).toMatchObject(joined.response_metadata);
    expect(joined.response_metadata).toHaveProperty('finish_reason', 'stop');
  });

  it('are told to callbacks', async () => {
    const tokens: string[] = [];
    const stream = await chat.stream(messages, {
      callbacks: [{ handleLLMNewToken: (token: string) => void tokens.push(token) }],
    });
    const chunks = await gather(stream);
    expect(tokens.join('')).toBe(chunks.map(({ text }) => text).join(''));
  });

  it('give the arguments of a tool in pieces', async () => {
    const bound = chat.bindTools([{ type: 'function', function: { name: 'rank', parameters: schema } }], {
      tool_choice: 'rank',
    });
    const joined = (await gather(await bound.stream(messages))).reduce((left, right) => left.concat(right));
    expect(joined.tool_calls).toEqual((await bound.invoke(messages)).tool_calls);
    expect(joined.tool_calls?.[0]).toMatchObject({ name: 'rank', args: { ranking: expect.any(Array) } });
  });
});

describe('structured output of SimulatedChatModel', () => {
  const isRanking = (value: unknown): void => {
    const { ranking } = value as { readonly ranking: readonly number[] };
    expect(new Set(ranking)).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8]));
  };
  // A draw without slips.
  const options: object = { seed: 1 };
  const asked = toMessages(
    composeTinyPrompt({
      ...tinyParts,
      format:
        'Answer with a JSON object whose only field, "ranking", is an array of 8 integers, the numbers of all candidates.',
    }),
  );

  it.each(['jsonSchema', 'functionCalling', 'jsonMode', undefined] as const)(
    'follows a schema by %s',
    async (method) => {
      const config = method === undefined ? {} : { method };
      isRanking(await chat.withStructuredOutput(schema, config).invoke(asked, options));
      const whole = await chat.withStructuredOutput(schema, { ...config, includeRaw: true }).invoke(asked, options);
      isRanking(whole.parsed);
      expect(AIMessage.isInstance(whole.raw)).toBe(true);
      const { finish_reason: reason } = whole.raw.response_metadata;
      expect(reason).toBe(method === 'functionCalling' ? 'tool_calls' : 'stop');
    },
  );

  it('names the tool after the option, else after the title', async () => {
    const call = async (name?: string): Promise<unknown> => {
      const config = { method: 'functionCalling', includeRaw: true, ...(name !== undefined && { name }) } as const;
      const { raw } = await chat.withStructuredOutput(schema, config).invoke(asked, options);
      return (raw as AIMessage).tool_calls?.[0]?.name;
    };
    expect(await call()).toBe('Ranking');
    expect(await call('order')).toBe('order');
    const { title: _, ...untitled } = schema;
    const described = { ...untitled, description: 'An order.' };
    const { raw } = await chat
      .withStructuredOutput(described, { method: 'functionCalling', includeRaw: true })
      .invoke(asked, options);
    expect((raw as AIMessage).tool_calls?.[0]?.name).toBe('extract');
  });

  it('is null beside the raw message where the answer was cut off', async () => {
    for (const method of ['jsonSchema', 'functionCalling'] as const) {
      const model = create({ maxTokens: 2 }).withStructuredOutput(schema, { method, includeRaw: true });
      const { raw, parsed } = await model.invoke(asked, options);
      expect(parsed ?? null).toBeNull();
      expect(raw.response_metadata['finish_reason']).toBe('length');
    }
    const call = create({ maxTokens: 2 }).bindTools(
      [{ type: 'function', function: { name: 'rank', parameters: schema } }],
      {
        tool_choice: 'any',
      },
    );
    const { tool_calls: calls, invalid_tool_calls: invalid } = await call.invoke(asked);
    expect(calls).toEqual([]);
    expect(invalid).toMatchObject([{ name: 'rank', args: '{"rankin' }]);
  });

  it('refuses another method', () => {
    expect(() => chat.withStructuredOutput(schema, { method: 'xml' })).toThrow(InvalidArgumentError);
  });
});

describe('tools of SimulatedChatModel', () => {
  const rank = tool(async () => 'done', { name: 'rank', description: 'Ranks.', schema });

  it('are called where the choice says so, else the answer is text', async () => {
    const called = await chat.bindTools([rank], { tool_choice: 'any', seed: 1 }).invoke(messages);
    expect(called.text).toBe('');
    expect(called.tool_calls).toMatchObject([{ name: 'rank', id: expect.stringMatching(/^call_/), type: 'tool_call' }]);
    const text = await chat.bindTools([rank], { seed: 1 }).invoke(messages);
    expect(text.text).toBe((await chat.invoke(messages, { seed: 1 })).text);
    const id = called.tool_calls?.[0]?.id ?? '';
    const turn = [...messages, called, new ToolMessage({ content: 'Done.', tool_call_id: id })];
    const again = await chat.bindTools([rank], { tool_choice: 'any', seed: 1 }).invoke(turn);
    expect(again.tool_calls?.[0]?.id).not.toBe(id);
    expect((await chat.invoke(turn)).text.length).toBeGreaterThan(0);
    await expect(chat.bindTools([rank], { tool_choice: 'other' }).invoke(messages)).rejects.toThrow('tool_choice');
  });
});
