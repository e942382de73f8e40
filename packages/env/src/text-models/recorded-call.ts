import {
  describeValue,
  type FinishReason,
  RppError,
  type TextMessage,
  TextModelError,
  type TextModelFailure,
  type TextRequest,
  type TextResponse,
} from '@rppkit/spec';
import type { RequestIdentity } from './request-identity.ts';

/** Marks one recorded call, so that another file is not taken for a recording. */
export const recordedCallSchema = 'rppkit/recorded-call';

/** A typed failure without its message, in which a provider may have put anything, keys included. */
export interface RecordedFailure {
  readonly failure: TextModelFailure;
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly possiblyPaid: boolean;
}

/** One call of a text model and what it came to, as JSON data. */
export type RecordedCall = {
  readonly schema: typeof recordedCallSchema;
  readonly version: 1;
  /** Id of the model. */
  readonly model: string;
  readonly request: RequestIdentity;
} & ({ readonly response: TextResponse } | { readonly failed: RecordedFailure });

/** The record of a call; of request, response and failure it holds the named fields only. */
export function createRecordedCall(
  model: string,
  request: TextRequest,
  outcome: TextResponse | TextModelError,
): RecordedCall {
  const { messages, sampleIndex, purpose, responseSchema } = request;
  const call = {
    schema: recordedCallSchema,
    version: 1,
    model,
    request: {
      messages: messages.map(({ role, text }) => ({ role, text })),
      sampleIndex,
      purpose,
      ...(responseSchema === undefined ? {} : { responseSchema }),
    },
  } as const;
  if (TextModelError.isInstance(outcome)) {
    const { failure, status, retryAfterMs, possiblyPaid } = outcome;
    return {
      ...call,
      failed: {
        failure,
        ...(status === undefined ? {} : { status }),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        possiblyPaid,
      },
    };
  }
  return { ...call, response: copyResponse(outcome) };
}

/** A copy that holds the fields of `TextResponse` and no other. */
export function copyResponse({ text, usage, cached, latencyMs, finishReason, attempts }: TextResponse): TextResponse {
  const { inputTokens, outputTokens, estimated } = usage;
  return {
    text,
    usage: { inputTokens, outputTokens, estimated },
    cached,
    latencyMs,
    finishReason,
    ...(attempts === undefined ? {} : { attempts }),
  };
}

type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === 'string';
const isFlag: Test = (value) => typeof value === 'boolean';
const isAmount: Test = (value) => typeof value === 'number' && value >= 0;
const isCount: Test = (value) => Number.isInteger(value) && isAmount(value);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isOneOf =
  (...values: readonly string[]): Test =>
  (value) =>
    values.includes(value as string);
const isOptional =
  (test: Test): Test =>
  (value) =>
    value === undefined || test(value);

const failures: Readonly<Record<TextModelFailure, true>> = {
  'context-length': true,
  'content-filter': true,
  'rate-limit': true,
  server: true,
  network: true,
  timeout: true,
  authentication: true,
  'bad-request': true,
  aborted: true,
  budget: true,
};
const finishReasons: Readonly<Record<FinishReason, true>> = {
  stop: true,
  length: true,
  'content-filter': true,
  other: true,
};
const roles: Readonly<Record<TextMessage['role'], true>> = { system: true, user: true, assistant: true };
const purposes: Readonly<Record<TextRequest['purpose'], true>> = { rank: true, refine: true, probe: true };

/**
 * Checks what came from a file. `where` names the place, for the error. Throws `RppError` (`RECORDING`) naming the field
 * that is no part of a recorded call of this version.
 */
export function assertRecordedCall(value: unknown, where: string): asserts value is RecordedCall {
  const call = assertFields(value, where, {
    schema: isOneOf(recordedCallSchema),
    version: (part) => part === 1,
    model: isText,
  });
  const request = assertFields(call['request'], `${where}: request`, {
    sampleIndex: isCount,
    purpose: isOneOf(...Object.keys(purposes)),
    messages: Array.isArray,
    responseSchema: isOptional(isObject),
  });
  for (const [index, message] of (request['messages'] as unknown[]).entries()) {
    assertFields(message, `${where}: request.messages[${index}]`, {
      role: isOneOf(...Object.keys(roles)),
      text: isText,
    });
  }
  if (call['response'] === undefined) {
    assertFields(call['failed'], `${where}: response or failed`, {
      failure: isOneOf(...Object.keys(failures)),
      status: isOptional(isCount),
      retryAfterMs: isOptional(isAmount),
      possiblyPaid: isFlag,
    });
    return;
  }
  const response = assertFields(call['response'], `${where}: response`, {
    text: isText,
    cached: isFlag,
    latencyMs: isAmount,
    finishReason: isOneOf(...Object.keys(finishReasons)),
    attempts: isOptional(isCount),
  });
  assertFields(response['usage'], `${where}: response.usage`, {
    inputTokens: isCount,
    outputTokens: isCount,
    estimated: isFlag,
  });
}

function assertFields(value: unknown, where: string, tests: Readonly<Record<string, Test>>): Record<string, unknown> {
  if (!isObject(value)) throw createRecordingError(`${where} to be an object`, value);
  for (const [name, test] of Object.entries(tests)) {
    if (!test(value[name])) throw createRecordingError(`${where}: ${name} to be that of a recorded call`, value[name]);
  }
  return value;
}

function createRecordingError(expected: string, received: unknown): RppError {
  return new RppError(
    'RECORDING',
    `Expected ${expected} (${recordedCallSchema}, version 1), received ${describeValue(received)}. ` +
      'Pass what withRecording wrote, unchanged.',
  );
}
