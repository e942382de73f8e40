import { createPatternSpace, formatPattern, historyPattern, movies } from '@rppkit/patterns';
import type { ParsedRanking } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import type { RankingAnswer } from '../ask-ranking.ts';
import { createExampleTask } from '../testing/example-tasks.ts';
import {
  computeObservationLayout,
  computeObservationSize,
  type Encoder,
  type EncoderContext,
  encodeObservation,
} from './encoder.ts';
import { createLastAnswer, createLastPrompt, createLastRoundEncoders, createRound } from './last-round.ts';
import { type EncoderState, restoreEncoder } from './restore-encoder.ts';

const { task } = createExampleTask(0, { candidates: 4 });
const prompt = { text: '', messages: [], spans: [], answer: 'titles' } as const;
const shared = { prompt, candidateOrder: Int32Array.of(0, 1, 2, 3), raw: '', cached: false };
const usage = { inputTokens: 0, outputTokens: 0, estimated: true };

function answered(ranking: readonly number[]): RankingAnswer {
  const order = Int32Array.from(ranking);
  const parsed: ParsedRanking =
    ranking.length === 0
      ? { kind: 'invalid', reason: 'no-list', raw: '' }
      : {
          kind: ranking.length === 4 ? 'complete' : 'partial',
          order,
          missing: new Int32Array(4 - ranking.length),
          repeated: 0,
          foreign: [],
          strategy: 'titles',
        };
  return { ...shared, outcome: 'answered', parsed, ranking: order, usage };
}

function encode(encoder: Encoder, context: Partial<EncoderContext>): number[] {
  const output = new Float32Array(encoder.size).fill(Number.NaN);
  encoder.encode({ task, round: 0, rounds: 1, ...context }, output);
  return [...output];
}

describe('createLastPrompt', () => {
  it('writes the choices one-hot by pattern, and zeros in the first round', () => {
    const encoder = createLastPrompt([2, 3]);
    expect(encode(encoder, {})).toEqual([0, 0, 0, 0, 0]);
    expect(encode(encoder, { last: { choice: [1, 2], answer: answered([0]) } })).toEqual([0, 1, 0, 0, 1]);
  });
});

describe('createLastAnswer', () => {
  it('tells complete, partial, invalid and failed apart, with the share missing', () => {
    const after = (answer: RankingAnswer) => encode(createLastAnswer(), { last: { choice: [0], answer } });
    expect(encode(createLastAnswer(), {})).toEqual([0, 0, 0, 0, 0]);
    expect(after(answered([3, 2, 1, 0]))).toEqual([1, 0, 0, 0, 0]);
    expect(after(answered([3]))).toEqual([0, 1, 0, 0, 0.75]);
    expect(after(answered([]))).toEqual([0, 0, 1, 0, 1]);
    expect(after({ prompt, candidateOrder: shared.candidateOrder, outcome: 'failed', failure: 'server' })).toEqual([
      0, 0, 0, 1, 0,
    ]);
  });
});

describe('createRound', () => {
  it('is the share of rounds asked', () => {
    expect(encode(createRound(), { round: 3, rounds: 4 })).toEqual([0.75]);
  });
});

describe('createLastRoundEncoders', () => {
  const space = createPatternSpace({ domain: movies, patterns: [historyPattern, formatPattern] });
  const encoders = createLastRoundEncoders(space);

  it('writes blocks side by side as the layout says', () => {
    expect(computeObservationLayout(encoders)).toEqual([
      { name: 'last-prompt', offset: 0, shape: [10] },
      { name: 'last-answer', offset: 10, shape: [5] },
      { name: 'round', offset: 15, shape: [1] },
    ]);
    expect(computeObservationSize(encoders)).toBe(16);
    const output = new Float32Array(16).fill(Number.NaN);
    encodeObservation(
      encoders,
      { task, round: 1, rounds: 2, last: { choice: [1, 4], answer: answered([0, 1]) } },
      output,
    );
    expect([...output]).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0.5, 0.5]);
  });

  it('is restored from JSON to the same values', () => {
    const context = { round: 1, rounds: 3, last: { choice: [2, 3], answer: answered([0, 2]) } };
    for (const encoder of encoders) {
      const restored = restoreEncoder(JSON.parse(JSON.stringify(encoder.state())));
      expect(restored).toMatchObject({ name: encoder.name, size: encoder.size });
      expect(encode(restored, context)).toEqual(encode(encoder, context));
    }
  });

  it('rejects a kind that this version does not know', () => {
    expect(() => restoreEncoder({ kind: 'gru' } as unknown as EncoderState)).toThrow(
      'received "gru". Update @rppkit/env.',
    );
  });
});
