import { describe, expect, it } from 'vitest';
import type { TextModel, TextRequest, TextResponse } from '../text-model.ts';
import { TextModelError } from '../text-model-error.ts';
import { describeTextModel } from './describe-text-model.ts';
import { textModelChecks } from './text-model-checks.ts';

const answer: TextResponse = {
  text: '1. Alien',
  usage: { inputTokens: 9, outputTokens: 3, estimated: true },
  cached: false,
  latencyMs: 0,
  finishReason: 'stop',
};

function assertNotAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new TextModelError('aborted', 'Expected a live signal, received an aborted one.');
}

async function generateLater(request: TextRequest): Promise<TextResponse> {
  assertNotAborted(request.signal);
  await Promise.resolve();
  assertNotAborted(request.signal);
  return answer;
}

const steady: TextModel = { id: 'steady', generate: generateLater };

describeTextModel({
  name: 'a model that follows the contract',
  create: async () => ({ model: steady }),
  repeatable: true,
});

describe('text model checks fail for', () => {
  const run = async (name: string, broken: Partial<TextModel>, repeatable = false): Promise<void> => {
    const check = textModelChecks.find((candidate) => candidate.name.includes(name))!;
    const request: TextRequest = { messages: [{ role: 'user', text: 'Rank.' }], sampleIndex: 0, purpose: 'rank' };
    await check.run({ model: { ...steady, ...broken }, request, repeatable });
  };
  const answering = (change: object): Partial<TextModel> => ({ generate: async () => ({ ...answer, ...change }) });

  it('an empty id, or one that changes', async () => {
    await expect(run('has an id', { id: ' ' })).rejects.toThrow('store keys hold it');
    let calls = 0;
    const changing = {
      get id() {
        return `call ${calls}`;
      },
      generate: async (request: TextRequest) => {
        calls++;
        return generateLater(request);
      },
    };
    const check = textModelChecks[0]!;
    const request: TextRequest = { messages: [], sampleIndex: 0, purpose: 'rank' };
    await expect(check.run({ model: changing, request, repeatable: false })).rejects.toThrow('id must not change');
  });

  it.each([
    [{ text: undefined }, 'text is a string'],
    [{ usage: { inputTokens: 1.5, outputTokens: 1, estimated: false } }, 'usage.inputTokens is a count, received 1.5'],
    [{ usage: { inputTokens: 1, outputTokens: -1, estimated: false } }, 'usage.outputTokens is a count, received -1'],
    [{ usage: { inputTokens: 1, outputTokens: 1 } }, 'usage.estimated'],
    [{ cached: undefined }, 'cached says'],
    [{ latencyMs: Number.NaN }, 'latencyMs is a duration, received NaN'],
    [{ finishReason: 'done' }, 'finishReason is one of a closed list'],
  ])('an answer with %o', async (change, message) => {
    await expect(run('every field', answering(change))).rejects.toThrow(message);
    await expect(run('concurrent', answering(change))).rejects.toThrow(message);
  });

  it('a model that writes into the request', async () => {
    const generate = async (request: TextRequest): Promise<TextResponse> => {
      (request.messages as unknown[]).pop();
      return answer;
    };
    await expect(run('leaves the request', { generate })).rejects.toThrow(TypeError);
  });

  it('a model that ignores its signal, or rejects with something else', async () => {
    await expect(run('already aborted', answering({}))).rejects.toThrow('must throw or reject, but it succeeded');
    const generate = async (request: TextRequest): Promise<TextResponse> => {
      request.signal?.throwIfAborted();
      await Promise.resolve();
      request.signal?.throwIfAborted();
      return answer;
    };
    await expect(run('already aborted', { generate })).rejects.toThrow('must throw an RppError');
    await expect(run('during the call', { generate })).rejects.toThrow('must throw an RppError');
    const timeout = async (): Promise<TextResponse> => {
      throw new TextModelError('timeout', 'late');
    };
    await expect(run('already aborted', { generate: timeout })).rejects.toThrow('failure of an aborted call');
  });

  it('a model that says it is repeatable and is not', async () => {
    let calls = 0;
    const generate = async (): Promise<TextResponse> => ({ ...answer, text: `${calls++}` });
    await expect(run('equal texts', { generate }, true)).rejects.toThrow('messages and sampleIndex determine the text');
    await expect(run('equal texts', { generate }, false)).resolves.toBeUndefined();
  });
});
