import { estimateTokens } from '@rppkit/patterns';
import { describeTextModel } from '@rppkit/spec/testing';
import { describe, expect, it } from 'vitest';
import { type FromFunctionOptions, fromFunction } from './from-function.ts';

describeTextModel({
  name: 'function model',
  create: async () => ({ model: fromFunction({ id: 'echo', answer: ({ messages }) => messages.at(-1)!.text }) }),
  repeatable: true,
});

describe('fromFunction', () => {
  it('estimates usage over all messages and passes errors through', async () => {
    const model = fromFunction({
      id: 'm',
      answer({ sampleIndex }) {
        if (sampleIndex === 1) throw new RangeError('mine');
        return 'ab';
      },
    });
    const messages = [
      { role: 'system', text: '12345' },
      { role: 'user', text: '1234' },
    ] as const;
    // 2 + 1 and 1 tokens.
    expect(await model.generate({ messages, sampleIndex: 0, purpose: 'rank' })).toMatchObject({
      text: 'ab',
      usage: { inputTokens: 3, outputTokens: 1, estimated: true },
      cached: false,
    });
    await expect(model.generate({ messages, sampleIndex: 1, purpose: 'rank' })).rejects.toBeInstanceOf(RangeError);
  });

  it.each([undefined, null, 3, { text: 'a' }])('rejects the answer %j', async (answer) => {
    const model = fromFunction({ id: 'm', answer: () => answer as unknown as string });
    await expect(model.generate({ messages: [], sampleIndex: 0, purpose: 'rank' })).rejects.toThrow(
      'Expected the answer of the function to be a string',
    );
  });

  it.each([
    ['nothing', undefined],
    ['a bare function', () => 'a'],
    ['no answer', { id: 'm' }],
    ['an answer that is text', { id: 'm', answer: 'a' }],
  ])('refuses %s', (_what, options) => {
    expect(() => fromFunction(options as unknown as FromFunctionOptions)).toThrow(
      /Expected answer to be a function from a request to text, received .+ Pass \{ id, answer: \(request\) => … \}\./,
    );
  });

  it.each(['', ' ', undefined])('refuses the id %j', (id) => {
    expect(() => fromFunction({ id: id as string, answer: () => '' })).toThrow('Expected id to be text');
  });
});

describe('estimateTokens', () => {
  it.each([
    ['', 0],
    ['abcd', 1],
    ['abcde', 2],
    ['日本', 2],
    ['ab日', 2],
  ])('counts %j as %i', (text, tokens) => {
    expect(estimateTokens(text)).toBe(tokens);
  });
});
