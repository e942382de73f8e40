import type { AIMessage, BaseMessage } from '@langchain/core/messages';
import { InvalidArgumentError, TextModelError, type TextRequest } from '@rppkit/spec';
import { estimateUsage } from '../text-models/estimate-usage.ts';
import type { LangChainModel } from './from-langchain.ts';
import { isMessage, type LangChainAnswer, readAnswer, readFinishReason, readUsage } from './read-answer.ts';

/** How a model is asked for an answer by schema; see `withStructuredOutput` of the provider. */
export interface StructuredOutputOptions {
  /** Default `jsonSchema`. Older models of OpenAI and Anthropic need `functionCalling`, which most providers have. */
  readonly method?: 'jsonSchema' | 'functionCalling' | 'jsonMode';
  /**
   * Whether the provider must hold the model to the schema, objects closed (`additionalProperties: false`). Default: true
   * for `ChatOpenAI` but in `jsonMode`, which knows no schema; for other models whatever they do.
   */
  readonly strict?: boolean;
}

interface StructuredRunnable {
  invoke(messages: BaseMessage[], options?: object): Promise<unknown>;
}

type StructuredCaller = (request: TextRequest, messages: BaseMessage[], options: object) => Promise<LangChainAnswer>;

/**
 * A function that asks `model` by the schema of a request. It rejects with `InvalidArgumentError` where the model has no
 * structured output, or not by this method. Throws one for options that are no object and for a method outside the list.
 */
export function createStructuredCaller(model: LangChainModel, options: StructuredOutputOptions = {}): StructuredCaller {
  assertOptions(options);
  const { method = 'jsonSchema', strict = isChatOpenAi(model) && method !== 'jsonMode' ? true : undefined } = options;
  // A schema is one object for all requests of a pattern space, and building the pipeline takes longer than composing a prompt.
  const runnables = new WeakMap<object, StructuredRunnable>();

  const find = (schema: Readonly<Record<string, unknown>>): StructuredRunnable => {
    const known = runnables.get(schema);
    if (known !== undefined) return known;
    if (typeof model.withStructuredOutput !== 'function')
      throw createUnsupportedError('this model has no withStructuredOutput');
    const asked = strict === true ? closeObjects(schema) : schema;
    const config = { name: 'answer', includeRaw: true, method, ...(strict === undefined ? {} : { strict }) };
    let runnable: StructuredRunnable;
    try {
      runnable = model.withStructuredOutput(asked as Record<string, unknown>, config) as StructuredRunnable;
    } catch (error) {
      throw createUnsupportedError(error instanceof Error ? error.message : String(error));
    }
    runnables.set(schema, runnable);
    return runnable;
  };

  return async (request, messages, options) => {
    const runnable = find(request.responseSchema!);
    let output: unknown;
    try {
      output = await runnable.invoke(messages, options);
    } catch (error) {
      return readRefusedAnswer(error, request);
    }
    if (typeof output !== 'object' || output === null) {
      throw new InvalidArgumentError('the structured answer of the LangChain model', 'an object', output);
    }
    const { raw } = output as { readonly raw?: unknown };
    if (!isMessage(raw)) {
      // The model does not know includeRaw.
      const text = JSON.stringify(output);
      return { text, usage: estimateUsage(request.messages, text), finishReason: 'stop' };
    }
    const call = readCalledArguments(raw);
    if (call === undefined) return readAnswer(raw, request);
    // A forced call ends with the reason "tool_calls" or "tool_use", which is a plain stop here.
    const reason = readFinishReason(raw);
    return { text: call, usage: readUsage(raw, request, call), finishReason: reason === 'other' ? 'stop' : reason };
  };
}

const methods: readonly unknown[] = [
  'jsonSchema',
  'functionCalling',
  'jsonMode',
] satisfies StructuredOutputOptions['method'][];

function assertOptions(options: unknown): void {
  if (typeof options !== 'object' || options === null) {
    throw new InvalidArgumentError(
      'structuredOutput',
      'an object',
      options,
      "Pass { method: 'functionCalling' }, say.",
    );
  }
  const { method } = options as { readonly method?: unknown };
  if (method === undefined || methods.includes(method)) return;
  throw new InvalidArgumentError(
    'structuredOutput.method',
    `one of ${methods.join(', ')}`,
    method,
    'The default is jsonSchema.',
  );
}

/** What the model called a tool with: JSON where LangChain could parse it, else the text as it came. */
function readCalledArguments(message: BaseMessage): string | undefined {
  const { tool_calls: calls, invalid_tool_calls: invalid } = message as AIMessage;
  if (calls?.[0] !== undefined) return JSON.stringify(calls[0].args);
  return invalid?.[0]?.args;
}

/**
 * OpenAI's client throws where a structured answer arrived whole but is cut off, filtered or no JSON. The call is
 * answered and paid for, so it must not be taken for a lost connection and asked again. Any other error is thrown again.
 */
function readRefusedAnswer(error: unknown, request: TextRequest): LangChainAnswer {
  const name = error instanceof Error ? error.constructor.name : '';
  // A body that is no JSON is a lost answer; an answer that is no JSON fails where the client reads the completion.
  const unreadable = name === 'SyntaxError' && (error as Error).stack?.includes('parseChatCompletion') === true;
  if (name === 'ContentFilterFinishReasonError') {
    throw new TextModelError('content-filter', 'The provider filtered the answer.', { possiblyPaid: true });
  }
  if (name !== 'LengthFinishReasonError' && !unreadable) throw error;
  return {
    text: '',
    usage: estimateUsage(request.messages, ''),
    finishReason: unreadable ? 'other' : 'length',
  };
}

/** The schema with `additionalProperties: false` in every object that says nothing of it, as strict modes want. */
function closeObjects(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closeObjects);
  if (typeof schema !== 'object' || schema === null) return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, closeObjects(part)]));
  return closed['type'] === 'object' ? { additionalProperties: false, ...closed } : closed;
}

function isChatOpenAi(model: LangChainModel): boolean {
  const { _llmType: readType } = model as { readonly _llmType?: unknown };
  return typeof readType === 'function' && readType.call(model) === 'openai';
}

function createUnsupportedError(reason: string): InvalidArgumentError {
  return new InvalidArgumentError(
    'request.responseSchema',
    'absent or one that the model can take',
    `a schema (${reason})`,
    'Ask for JSON in the prompt, or choose another structuredOutput.method.',
  );
}
