import type { Encoder, EncoderContext } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createExampleTask } from '../testing/example-tasks.ts';
import { computeObservationLayout, computeObservationSize, encodeObservation, prepareEncoders } from './encoder.ts';

const context: EncoderContext = { task: createExampleTask(0).task, round: 0, rounds: 1 };

function createConstant(name: string, value: number, size: number, shape?: readonly number[]): Encoder {
  return {
    name,
    size,
    ...(shape === undefined ? {} : { shape }),
    encode: (_, output) => void output.fill(value),
    state: () => ({ kind: name }),
  };
}

describe('the observation of several encoders', () => {
  const encoders = [createConstant('a', 1, 2), createConstant('b', 2, 6, [2, 3]), createConstant('c', 3, 1)];

  it('is their parts side by side, as the layout says', () => {
    expect(computeObservationLayout(encoders)).toEqual([
      { name: 'a', offset: 0, shape: [2] },
      { name: 'b', offset: 2, shape: [2, 3] },
      { name: 'c', offset: 8, shape: [1] },
    ]);
    expect(computeObservationSize(encoders)).toBe(9);
    const output = new Float32Array(9);
    encodeObservation(encoders, context, output);
    expect([...output]).toEqual([1, 1, 2, 2, 2, 2, 2, 2, 3]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('is refused with %d in it, and says who wrote it', (value) => {
    const broken: Encoder = { ...createConstant('broken', 0, 3), encode: (_, output) => output.set([0, value]) };
    const write = () => encodeObservation([encoders[0]!, broken], context, new Float32Array(5));
    expect(write).toThrow(expect.objectContaining({ code: 'OBSERVATION_NOT_FINITE' }));
    expect(write).toThrow(`encoder broken to write finite numbers, received ${value} at float 1 for task "task-0"`);
  });
});

describe('prepareEncoders', () => {
  it('prepares all that wait for something at the same time, with contexts and signal', async () => {
    const calls: unknown[] = [];
    const open: (() => void)[] = [];
    const waiting = (name: string): Encoder => ({
      ...createConstant(name, 0, 1),
      prepare: (contexts, options) => {
        calls.push([name, contexts, options]);
        return new Promise((resolve) => open.push(resolve));
      },
    });
    const { signal } = new AbortController();
    const prepared = prepareEncoders([waiting('a'), createConstant('b', 0, 1), waiting('c')], [context], { signal });
    expect(calls).toEqual([
      ['a', [context], { signal }],
      ['c', [context], { signal }],
    ]);
    for (const resolve of open) resolve();
    await prepared;
  });

  it('asks nobody where there is nothing to encode, and rejects where an encoder does', async () => {
    const failing: Encoder = {
      ...createConstant('a', 0, 1),
      prepare: async () => {
        throw new Error('no embedder');
      },
    };
    await prepareEncoders([failing], []);
    await expect(prepareEncoders([failing], [context])).rejects.toThrow('no embedder');
  });

  it('hears of every encoder that rejects, also beside one that throws at once', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => void unhandled.push(reason);
    process.on('unhandledRejection', note);
    try {
      const late: Encoder = {
        ...createConstant('late', 0, 1),
        prepare: async () => {
          await Promise.resolve();
          throw new Error('late');
        },
      };
      const early: Encoder = {
        ...createConstant('early', 0, 1),
        prepare: () => {
          throw new Error('early');
        },
      };
      await expect(prepareEncoders([late, early], [context])).rejects.toThrow('early');
      await new Promise((resolve) => setTimeout(resolve));
      expect(unhandled).toEqual([]);
    } finally {
      process.off('unhandledRejection', note);
    }
  });
});
