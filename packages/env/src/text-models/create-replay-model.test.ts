import { TextModelError, type TextRequest } from '@rppkit/spec';
import { describeTextModel } from '@rppkit/spec/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createScriptedModel, type ScriptedAnswer } from '../testing/scripted-model.ts';
import { createReplayModel } from './create-replay-model.ts';
import { fromFunction } from './from-function.ts';
import type { RecordedCall } from './recorded-call.ts';
import { withRecording } from './with-recording.ts';

const ask = (text: string, changes: Partial<TextRequest> = {}): TextRequest => ({
  messages: [{ role: 'user', text }],
  sampleIndex: 0,
  purpose: 'rank',
  ...changes,
});

async function record(requests: readonly TextRequest[], answers: readonly ScriptedAnswer[]): Promise<RecordedCall[]> {
  const calls: RecordedCall[] = [];
  const model = withRecording(createScriptedModel(answers), (call) => {
    calls.push(call);
  });
  for (const request of requests) await model.generate(request).catch(() => {});
  return calls;
}

const conformanceRequest: TextRequest = ask('Rank.');
describeTextModel({
  name: 'replayed model',
  async create() {
    const calls: RecordedCall[] = [];
    const source = fromFunction({ id: 'm', answer: ({ sampleIndex }) => `x${sampleIndex}` });
    const model = withRecording(source, (call) => {
      calls.push(call);
    });
    for (const sampleIndex of [0, 0, 0, 1, 2, 3, 4, 5, 6, 7])
      await model.generate({ ...conformanceRequest, sampleIndex });
    return { model: createReplayModel(calls) };
  },
  request: conformanceRequest,
  repeatable: true,
});

describe('createReplayModel', () => {
  it('finds a request by its identity and not by its place', async () => {
    const requests = [
      ask('a'),
      ask('b'),
      ask('a', { sampleIndex: 1 }),
      ask('a', { purpose: 'probe' }),
      ask('a', { responseSchema: { x: 1, y: 2 } }),
    ];
    const calls = await record(requests, ['0', '1', '2', '3', '4']);
    const model = createReplayModel(calls);
    expect(model.id).toBe('scripted');
    const texts: string[] = [];
    for (const request of requests.toReversed()) texts.push((await model.generate(request)).text);
    expect(texts).toEqual(['4', '3', '2', '1', '0']);
    const reordered = ask('a', { responseSchema: { y: 2, x: 1 }, signal: new AbortController().signal });
    expect((await createReplayModel(calls).generate(reordered)).text).toBe('4');
  });

  it('replays repeats in the order recorded, each once, failures too', async () => {
    const failure = new TextModelError('rate-limit', 'slow', { status: 429, retryAfterMs: 5 });
    const calls = await record([ask('a'), ask('a'), ask('a')], ['first', failure, 'last']);
    const model = createReplayModel(calls);
    expect((await model.generate(ask('a'))).text).toBe('first');
    await expect(model.generate(ask('a', { signal: AbortSignal.abort() }))).rejects.toMatchObject({
      failure: 'aborted',
    });
    await expect(model.generate(ask('a'))).rejects.toMatchObject({
      failure: 'rate-limit',
      status: 429,
      retryAfterMs: 5,
      possiblyPaid: false,
    });
    expect((await model.generate(ask('a'))).text).toBe('last');
    await expect(model.generate(ask('a'))).rejects.toMatchObject({
      code: 'REPLAY_MISSING',
      message: expect.stringContaining('recorded 3 times only'),
    });
  });

  it('says what differs from the nearest recorded request', async () => {
    const long = 'The same beginning, long enough to be cut away, ';
    const model = createReplayModel(await record([ask('x'), ask(`${long}then this`), ask('y')], ['0', '1', '2']));
    const explain = async (request: TextRequest): Promise<string> => {
      const error: unknown = await model.generate(request).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toMatchObject({ code: 'REPLAY_MISSING' });
      return (error as Error).message;
    };
    expect(await explain(ask(`${long}then that`))).toBe(
      'Expected a request of the recording, received one that differs from the nearest recorded request: messages with ' +
        '"be cut away, then that" where "be cut away, then this" was recorded. Record again, or undo what changed ' +
        'the requests.',
    );
    expect(await explain(ask('y', { sampleIndex: 3, purpose: 'refine' }))).toContain(
      'request: sampleIndex 3 where 0 was recorded; purpose "refine" where "rank" was recorded. Record',
    );
    expect(await explain(ask('y', { responseSchema: { a: 1 } }))).toContain(
      'request: responseSchema {"a":1} where null was recorded. Record',
    );
  });

  it('gives equal bytes on every replay, which callers cannot change', async () => {
    const calls = await record([ask('a'), ask('b')], ['1', '2']);
    const bytes = JSON.stringify(calls);
    const replay = async (): Promise<string> => {
      const model = createReplayModel(JSON.parse(bytes) as RecordedCall[]);
      return JSON.stringify([await model.generate(ask('b')), await model.generate(ask('a'))]);
    };
    expect(await replay()).toBe(await replay());
    const response = await createReplayModel(calls).generate(ask('a'));
    Object.assign(response, { text: 'changed' });
    Object.assign(response.usage, { inputTokens: 99 });
    expect(JSON.stringify(calls)).toBe(bytes);
  });

  it('gives back what was recorded for any requests, answers and failures, in any order of identities', async () => {
    const failures = ['server', 'content-filter'] as const;
    const step = fc.record({
      text: fc.constantFrom('a', 'b', '"],["'),
      sampleIndex: fc.integer({ min: 0, max: 1 }),
      answer: fc.oneof(
        fc.string(),
        fc.constantFrom(...failures).map((failure) => new TextModelError(failure, 'no')),
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), async (steps) => {
        const requests = steps.map(({ text, sampleIndex }) => ask(text, { sampleIndex }));
        const calls = await record(
          requests,
          steps.map(({ answer }) => answer),
        );
        const model = createReplayModel(JSON.parse(JSON.stringify(calls)) as RecordedCall[]);
        // Identities in reverse order, each one's repeats in order.
        const order = steps
          .map((_, index) => index)
          .toSorted((left, right) => {
            const [one, other] = [steps[left]!, steps[right]!];
            return (
              other.sampleIndex - one.sampleIndex ||
              (one.text < other.text ? 1 : one.text > other.text ? -1 : left - right)
            );
          });
        for (const index of order) {
          const { answer } = steps[index]!;
          const replayed: unknown = await model.generate(requests[index]!).catch((error: unknown) => error);
          if (typeof answer === 'string') expect(replayed).toMatchObject({ text: answer });
          else expect(replayed).toMatchObject({ failure: answer.failure, refusedPrompt: answer.refusedPrompt });
        }
      }),
    );
  });

  it('needs to know which of several models to replay', async () => {
    const [call] = await record([ask('a')], ['mine']);
    const calls = [call!, { ...call!, model: 'other' }];
    expect(() => createReplayModel(calls)).toThrow('calls of \\"scripted\\", \\"other\\"');
    expect(() => createReplayModel(calls, { id: 'third' })).toThrow('There are calls of "scripted", "other".');
    expect(() => createReplayModel([])).toThrow('no call');
    const model = createReplayModel(calls, { id: 'other' });
    expect(model.id).toBe('other');
    await model.generate(ask('a'));
    await expect(model.generate(ask('a'))).rejects.toMatchObject({ code: 'REPLAY_MISSING' });
  });

  it.each([
    [{ schema: 'other' }, 'calls[0]: schema'],
    [{ version: 2 }, 'calls[0]: version'],
    [{ model: 1 }, 'calls[0]: model'],
    [{ request: null }, 'calls[0]: request to be an object'],
    [{ request: { ...ask('a'), sampleIndex: -1 } }, 'calls[0]: request: sampleIndex'],
    [{ request: { ...ask('a'), purpose: 'fun' } }, 'calls[0]: request: purpose'],
    [{ request: { ...ask('a'), messages: 'a' } }, 'calls[0]: request: messages'],
    [{ request: { ...ask('a'), messages: [{ role: 'tool', text: '' }] } }, 'request.messages[0]: role'],
    [{ request: { ...ask('a'), responseSchema: [] } }, 'calls[0]: request: responseSchema'],
    [{ response: undefined }, 'calls[0]: response or failed'],
    [{ response: undefined, failed: { failure: 'tired', possiblyPaid: true } }, 'response or failed: failure'],
    [{ response: undefined, failed: { failure: 'server' } }, 'response or failed: possiblyPaid'],
    [{ response: {} }, 'calls[0]: response: text'],
    [{ response: 'text' }, 'calls[0]: response to be an object'],
  ])('refuses damaged calls: %j', async (change, where) => {
    const [call] = await record([ask('a')], ['1']);
    const damaged = [{ ...call, ...change } as unknown as RecordedCall];
    expect(() => createReplayModel(damaged)).toThrow(`Expected ${where.startsWith('calls') ? where : 'calls[0]: '}`);
    expect(() => createReplayModel(damaged)).toThrow(where);
  });

  it.each([
    [{ cached: 1 }, 'response: cached'],
    [{ latencyMs: -1 }, 'response: latencyMs'],
    [{ finishReason: 'tired' }, 'response: finishReason'],
    [{ attempts: 1.5 }, 'response: attempts'],
    [{ usage: { inputTokens: 1, outputTokens: 1 } }, 'response.usage: estimated'],
    [{ usage: { inputTokens: -1, outputTokens: 1, estimated: true } }, 'response.usage: inputTokens'],
  ])('refuses damaged responses: %j', async (change, where) => {
    const [call] = await record([ask('a')], ['1']);
    if (call === undefined || !('response' in call)) return expect.fail('Expected a response.');
    const damaged = { ...call, response: { ...call.response, ...change } } as RecordedCall;
    expect(() => createReplayModel([damaged])).toThrow(where);
  });
});
