import { createPatternSpace, formatPattern, historyPattern, movies } from '@rppkit/patterns';
import type { Encoder, EncoderContext, LastRound } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createExampleTask } from '../testing/example-tasks.ts';
import { createLastAnswer, createLastPrompt, createLastRoundEncoders, createRound } from './last-round.ts';
import { restoreEncoder } from './restore-encoder.ts';

const { task } = createExampleTask(0, { candidates: 4 });

function answered(status: LastRound['status'], ranking: readonly number[], choice: readonly number[] = [0]): LastRound {
  return { choice, prompt: '', status, ranking: Int32Array.from(ranking) };
}

function encode(encoder: Encoder, context: Partial<EncoderContext>): number[] {
  const output = new Float32Array(encoder.size).fill(Number.NaN);
  encoder.encode({ task, round: 0, rounds: 1, ...context }, output);
  return [...output];
}

describe('createLastPrompt', () => {
  const encoder = createLastPrompt([2, 3]);

  it('writes the choices one-hot by pattern, and zeros in the first round', () => {
    expect(encode(encoder, {})).toEqual([0, 0, 0, 0, 0]);
    expect(encode(encoder, { last: answered('complete', [0], [1, 2]) })).toEqual([0, 1, 0, 0, 1]);
  });

  it.each([[[2, 0]], [[-1, 0]], [[0]], [[0.5, 0]], [[Number.NaN, 0]]])(
    'rejects choice %o, which is of other patterns',
    (choice) => {
      expect(() => encode(encoder, { last: answered('complete', [0], choice) })).toThrow('Expected last.choice[');
    },
  );

  it('rejects sizes that no pattern has', () => {
    expect(() => createLastPrompt([])).toThrow('Expected sizes to be one number for each pattern');
    expect(() => createLastPrompt([2, 0])).toThrow('Expected sizes[1] to be a positive integer, received 0');
    expect(() => restoreEncoder({ kind: 'last-prompt' })).toThrow('Expected sizes');
  });
});

describe('createLastAnswer', () => {
  it('is finite where there was nothing to rank', () => {
    const empty = { ...task, candidates: [] };
    expect(encode(createLastAnswer(), { task: empty, last: answered('invalid', []) })).toEqual([0, 0, 1, 0, 0]);
  });

  it('tells complete, partial, invalid and failed apart, with the share missing', () => {
    const after = (last: LastRound) => encode(createLastAnswer(), { last });
    expect(encode(createLastAnswer(), {})).toEqual([0, 0, 0, 0, 0]);
    expect(after(answered('complete', [3, 2, 1, 0]))).toEqual([1, 0, 0, 0, 0]);
    expect(after(answered('partial', [3]))).toEqual([0, 1, 0, 0, 0.75]);
    expect(after(answered('invalid', []))).toEqual([0, 0, 1, 0, 1]);
    expect(after(answered('failed', []))).toEqual([0, 0, 0, 1, 0]);
  });
});

describe('createRound', () => {
  it('is the share of rounds asked', () => {
    expect(encode(createRound(), { round: 3, rounds: 4 })).toEqual([0.75]);
  });
});

describe('createLastRoundEncoders', () => {
  it('is last prompt, last answer and round, sized for the patterns', () => {
    const space = createPatternSpace({ domain: movies, patterns: [historyPattern, formatPattern] });
    const sizes = space.patterns.map(({ expressions }) => expressions.length);
    const encoders = createLastRoundEncoders(space);
    expect(encoders.map(({ name, size }) => [name, size])).toEqual([
      ['last-prompt', sizes[0]! + sizes[1]!],
      ['last-answer', 5],
      ['round', 1],
    ]);
    expect(encoders[0]!.state()).toEqual({ kind: 'last-prompt', sizes });
  });
});
