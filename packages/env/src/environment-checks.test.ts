import { NoRelevantItemError, reciprocalRank } from '@rppkit/metrics';
import type { Encoder, JudgedTask } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createRound } from './encoders/last-round.ts';
import { assertEncoders, assertJudgedTasks, transposeLogProbabilities } from './environment-checks.ts';
import { createExampleTask } from './testing/example-tasks.ts';

describe('assertEncoders', () => {
  const own = (changes: Partial<Encoder>): Encoder => ({ ...createRound(), name: 'own', ...changes });

  it.each<[string, Partial<Encoder>]>([
    ['the size of encoder own to be a positive integer, received NaN', { size: Number.NaN }],
    ['the size of encoder own to be a positive integer, received 0', { size: 0 }],
    ['the size of encoder own to be a positive integer, received 1.5', { size: 1.5 }],
    ['the shape of encoder own to be one of 4 floats, its size, received 6', { size: 4, shape: [2, 3] }],
    ['encoders with different names', { name: 'round' }],
  ])('says "%s"', (message, changes) => {
    expect(() => assertEncoders([createRound()], [own(changes)])).toThrow(message);
    expect(() => assertEncoders([createRound(), own(changes)])).toThrow(message);
  });

  it('takes a shape that multiplies to the size', () => {
    expect(() => assertEncoders([own({ size: 6, shape: [2, 3] })])).not.toThrow();
  });
});

describe('assertJudgedTasks', () => {
  const tasks = [createExampleTask(0), createExampleTask(1)];
  const relabel = (gains: readonly number[]): readonly JudgedTask[] => [
    tasks[0]!,
    {
      ...tasks[1]!,
      relevance: new Map(gains.map((gain, place) => [tasks[1]!.task.candidates[place]!.id, gain])),
    },
  ];

  // What else would be found when the first answers have been paid for.
  it.each<[string, readonly JudgedTask[], Parameters<typeof assertJudgedTasks>[1]]>([
    ['a gain below 0', relabel([1, -1]), {}],
    ['a gain that is no number', relabel([1, Number.NaN]), {}],
    ['a metric that gives NaN', tasks, { metric: () => Number.NaN }],
    ['a metric that gives nothing', tasks, { metric: (() => undefined) as unknown as typeof reciprocalRank }],
    ['a metric that cannot judge an empty answer', tasks, { metric: ({ order }) => 1 / order.length, missing: 'zero' }],
  ])('refuses %s', (_what, judged, judging) => {
    expect(() => assertJudgedTasks(judged, judging)).toThrow('Expected');
  });

  it('refuses a task that no answer can be right for', () => {
    expect(() => assertJudgedTasks(relabel([0]), { metric: reciprocalRank })).toThrow(NoRelevantItemError);
  });
});

describe('transposeLogProbabilities', () => {
  const declared = { agents: ['role', 'history'], batchSize: 2 };
  const choices = [[0, 0], undefined];

  it.each([Number.NaN, Number.NEGATIVE_INFINITY, 0.3])('refuses %d for a row that acts', (value) => {
    const columns = { role: Float32Array.of(-1, -1), history: Float32Array.of(value, -1) };
    expect(() => transposeLogProbabilities(columns, declared, choices)).toThrow('logProbabilities.history[0]');
  });

  it('does not ask what an ended row holds', () => {
    const columns = { role: Float32Array.of(-1, Number.NaN), history: Float32Array.of(0, 7) };
    expect(transposeLogProbabilities(columns, declared, choices)[0]).toEqual([-1, 0]);
  });
});
