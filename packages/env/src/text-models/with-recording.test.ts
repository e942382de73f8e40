import { type TextModel, TextModelError, type TextRequest } from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import { describe, expect, it } from 'vitest';
import { createScriptedModel } from '../testing/scripted-model.ts';
import { fromFunction } from './from-function.ts';
import { guardTextModel } from './guard-text-model.ts';
import type { RecordedCall } from './recorded-call.ts';
import { withRecording } from './with-recording.ts';

const request: TextRequest = { messages: [{ role: 'user', text: 'abcd' }], sampleIndex: 2, purpose: 'rank' };

describeTextModel({
  name: 'recorded model',
  create: async () => ({ model: withRecording(fromFunction({ id: 'm', answer: () => 'x' }), () => {}) }),
});

describe('withRecording', () => {
  it('records answers and typed failures as JSON data', async () => {
    const calls: RecordedCall[] = [];
    const failures = [
      new TextModelError('rate-limit', 'slow', { status: 429, retryAfterMs: 10 }),
      new TextModelError('timeout', 'late'),
    ];
    const model = withRecording(createScriptedModel(['fine', ...failures]), (call) => {
      calls.push(call);
    });
    const responseSchema = { type: 'array' };
    const response = await model.generate({ ...request, responseSchema, signal: new AbortController().signal });
    for (const failure of failures) await expect(model.generate(request)).rejects.toBe(failure);
    const marks = { schema: 'rppkit/recorded-call', version: 1, model: 'scripted' };
    expect(JSON.parse(JSON.stringify(calls))).toEqual([
      { ...marks, request: { ...request, responseSchema }, response },
      { ...marks, request, failed: { failure: 'rate-limit', status: 429, retryAfterMs: 10, possiblyPaid: false } },
      { ...marks, request, failed: { failure: 'timeout', possiblyPaid: true } },
    ]);
    expect(model.id).toBe('scripted');
  });

  it('holds no key that a request, an answer or an error message brings along', async () => {
    const key = 'sk-marked-1234';
    const calls: RecordedCall[] = [];
    const keep = (call: RecordedCall): void => {
      calls.push(call);
    };
    const leaky: TextModel = {
      id: 'leaky',
      async generate({ sampleIndex }) {
        if (sampleIndex === 1) throw new TextModelError('authentication', `${key} is wrong`, { cause: new Error(key) });
        const usage = { inputTokens: 1, outputTokens: 1, estimated: false, key };
        return { text: '', usage, cached: false, latencyMs: 0, finishReason: 'stop', attempts: 2, headers: { key } };
      },
    } as TextModel;
    const messages = [{ role: 'user', text: 'a', key }] as unknown as TextRequest['messages'];
    const model = withRecording(leaky, keep);
    await model.generate({ ...request, messages, sampleIndex: 0, headers: { key } } as TextRequest);
    await expect(model.generate({ ...request, sampleIndex: 1 })).rejects.toThrow(key);
    expect(calls).toHaveLength(2);
    expect(JSON.stringify(calls)).not.toContain(key);
    expect(calls[0]).toMatchObject({ response: { attempts: 2 } });
  });

  it('records before the caller gets the answer, and rejects where it cannot', async () => {
    const log: string[] = [];
    const model = withRecording(createScriptedModel(['fine', 'lost']), async (call) => {
      await Promise.resolve();
      log.push('recorded');
      if (log.length > 2) throw new Error(`the disk is full (${call.model})`);
    });
    await model.generate(request);
    log.push('answered');
    await expect(model.generate(request)).rejects.toThrow('the disk is full');
    expect(log).toEqual(['recorded', 'answered', 'recorded']);
  });

  it.each([
    ['a writer', { write: async () => {} }, 'received object. Pass (call) => writer.write(call), with'],
    ['a path', 'calls.jsonl', 'received "calls.jsonl".'],
    ['null', null, 'received null.'],
  ])('refuses %s in place of a function', (_what, given, words) => {
    const write = given as unknown as () => void;
    const expected = `Expected recording to be a function of a recorded call, ${words}`;
    expect(() => withRecording(createScriptedModel([]), write)).toThrow(expected);
    expect(() => guardTextModel(createScriptedModel([]), { recording: write })).toThrow(expected);
  });

  it('leaves out aborted calls and mistakes in code', async () => {
    const calls: RecordedCall[] = [];
    const model = withRecording(createScriptedModel([new TextModelError('aborted', 'left')]), (call) => {
      calls.push(call);
    });
    await expect(model.generate({ ...request, signal: AbortSignal.abort() })).rejects.toMatchObject({
      failure: 'aborted',
    });
    await expect(model.generate(request)).rejects.toMatchObject({ failure: 'aborted' });
    await expect(model.generate(request)).rejects.toMatchObject({ code: 'SCRIPT_DRY' });
    expect(calls).toEqual([]);
  });
});
