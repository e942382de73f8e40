import type { Encoder, JudgedTask } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { createBinnedEncoder } from './binned-encoder.ts';

const createTask = (length: number): JudgedTask => {
  const item = { id: 'a', title: 'A' };
  const history = Array.from({ length }, () => ({ item }));
  return { task: { id: `t${length}`, user: 'u', history, candidates: [item] }, relevance: new Map([['a', 1]]) };
};
/** Two dimensions: the length of the history, and 7. */
const encoder: Encoder = {
  name: 'lengths',
  size: 2,
  encode({ task }, output) {
    output[0] = task.history.length;
    output[1] = 7;
  },
  state: () => ({ kind: 'lengths' }),
};
const encode = (binned: Encoder, length: number): number[] => {
  const output = new Float32Array(binned.size).fill(Number.NaN);
  binned.encode({ task: createTask(length).task, round: 0, rounds: 1 }, output);
  return [...output];
};

it('puts 0 to 23 into eight bins of three, and what lies outside into the first and last', () => {
  const tasks = Array.from({ length: 24 }, (_, index) => createTask((index * 5) % 24));
  const binned = createBinnedEncoder(encoder, 0, tasks)!;
  for (const length of Array.from({ length: 40 }, (_, index) => index)) {
    const expected = new Array<number>(8).fill(0);
    expected[Math.min(7, Math.floor(length / 3))] = 1;
    expect(encode(binned, length), String(length)).toEqual(expected);
  }
});

it('leaves bins empty that ties would fill', () => {
  const tasks = [0, 0, 0, 0, 0, 0, 0, 1].map(createTask);
  const binned = createBinnedEncoder(encoder, 0, tasks)!;
  expect([0, 1].map((length) => encode(binned, length).indexOf(1))).toEqual([6, 7]);
});

it('is undefined for a dimension that never varies', () => {
  expect(createBinnedEncoder(encoder, 1, [createTask(1), createTask(2)])).toBeUndefined();
});
