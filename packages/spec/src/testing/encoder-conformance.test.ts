import { describe, expect, it } from 'vitest';
import type { Encoder, EncoderContext, EncoderState } from '../encoder.ts';
import { describeEncoder } from './describe-encoder.ts';
import { encoderChecks } from './encoder-checks.ts';
import { exampleEncoderContexts } from './example-encoder-contexts.ts';

/** Length of the history and the round, in two floats. */
function createSteady(): Encoder {
  return {
    name: 'steady',
    size: 2,
    encode({ task, round }, output) {
      output[0] = task.history.length;
      output[1] = round;
    },
    state: () => ({ kind: 'steady' }),
  };
}

let opened = 0;
describeEncoder({
  name: 'an encoder that follows the contract',
  create: async () => {
    opened++;
    return { encoder: createSteady(), close: () => void opened-- };
  },
  restore: () => createSteady(),
});
describeEncoder({
  name: 'an encoder with a shape that waits for something',
  create: async () => {
    const ready = new WeakSet<object>();
    const encoder: Encoder = {
      ...createSteady(),
      shape: [1, 2],
      prepare: async (contexts) => {
        for (const { task } of contexts) ready.add(task);
      },
      encode(context, output) {
        if (!ready.has(context.task)) throw new Error('not prepared');
        createSteady().encode(context, output);
      },
    };
    return { encoder };
  },
  contexts: exampleEncoderContexts.slice(0, 2),
});

it('closes every encoder that it created', () => {
  expect(opened).toBe(0);
});

describe('encoder checks fail for', () => {
  const run = async (
    name: string,
    create: () => Encoder,
    restore?: (state: EncoderState) => Encoder,
  ): Promise<void> => {
    const check = encoderChecks.find((candidate) => candidate.name.includes(name))!;
    await check.run({
      encoder: create(),
      createTwin: async () => create(),
      contexts: exampleEncoderContexts,
      ...(restore === undefined ? {} : { restore }),
    });
  };
  const steady =
    (change: Partial<Encoder>): (() => Encoder) =>
    () => ({ ...createSteady(), ...change });

  it.each([
    [{ name: ' ' }, 'name is shown in the observation layout'],
    [{ size: 0 }, 'size is an integer >= 1, received 0'],
    [{ shape: [2, 2] }, 'shape multiplies to size'],
    [{ shape: [-1, -2] }, 'shape[0] is an integer >= 1, received -1'],
  ])('a declaration with %o', async (change, message) => {
    await expect(run('declares', steady(change))).rejects.toThrow(message);
  });

  it('too few contexts to compare', async () => {
    const check = encoderChecks.find(({ name }) => name.includes('declares'))!;
    const subject = { encoder: createSteady(), createTwin: async () => createSteady() };
    for (const count of [0, 1]) {
      await expect(check.run({ ...subject, contexts: exampleEncoderContexts.slice(0, count) })).rejects.toThrow(
        'at least two',
      );
    }
  });

  it.each<[string, Encoder['encode'], string]>([
    ['leaves a float out', (_, output) => output.set([1]), 'over NaN[1] is finite, received NaN'],
    ['writes infinity', (_, output) => void output.fill(Infinity), 'is finite, received Infinity'],
    [
      'adds to the output',
      ({ round }, output) => {
        for (const index of output.keys()) output[index] = Number.isNaN(output[index]) ? round : output[index]! + round;
      },
      'does not add to what it held',
    ],
    [
      'writes beyond its part',
      (_, output) => void new Float32Array(output.buffer).fill(1),
      'into its part of the observation alone',
    ],
  ])('an encoder that %s', async (_, encode, message) => {
    await expect(run('writes all', steady({ encode }))).rejects.toThrow(message);
  });

  it('an encoder that gives something else the second time', async () => {
    let calls = 0;
    const encode: Encoder['encode'] = (_, output) => void output.fill(calls++);
    await expect(run('equal contexts', steady({ encode }))).rejects.toThrow('encoding twice gives the same bytes');
  });

  it('an encoder that tells equal objects apart', async () => {
    const create = (): Encoder => {
      const seen = new Map<EncoderContext['task'], number>();
      return steady({
        encode({ task }, output) {
          if (!seen.has(task)) seen.set(task, seen.size);
          output.fill(seen.get(task)!);
        },
      })();
    };
    await expect(run('equal contexts', create)).rejects.toThrow('an equal copy gives the same bytes');
  });

  it('an encoder that depends on what it encoded before', async () => {
    const create = (): Encoder => {
      let longest = 0;
      return steady({
        encode({ task }, output) {
          longest = Math.max(longest, task.history.length);
          output.fill(task.history.length / Math.max(1, longest));
        },
      })();
    };
    await expect(run('alone as in a batch', create)).rejects.toThrow('what was encoded before changes nothing');
  });

  it('an encoder that is fitted to the batch that it prepares', async () => {
    const create = (): Encoder => {
      let mean = 0;
      return steady({
        prepare: async (contexts) => {
          mean = contexts.reduce((sum, { task }) => sum + task.history.length, 0) / contexts.length;
        },
        encode: ({ task }, output) => void output.fill(task.history.length - mean),
      })();
    };
    await expect(run('alone as in a batch', create)).rejects.toThrow('never refitted to it');
  });

  it('an encoder that cannot take a new user', async () => {
    const users = exampleEncoderContexts.map(({ task }) => task.user);
    const encode: Encoder['encode'] = ({ task }, output) => {
      output.fill(users.includes(task.user) ? 0 : Number.NaN);
    };
    await expect(run('new user', steady({ encode }))).rejects.toThrow('new user 0[0] is finite, received NaN');
  });

  it('an encoder that a new user changes for others', async () => {
    const create = (): Encoder => {
      const users = new Set<string>();
      return steady({
        encode({ task }, output) {
          users.add(task.user);
          output.fill(Math.max(3, users.size));
        },
      })();
    };
    await expect(run('new user', create)).rejects.toThrow('new users change nothing for others');
  });

  it.each<[string, Encoder['encode']]>([
    ['the history', ({ task }) => void (task.history as unknown[]).pop()],
    ['the context', (context) => void Object.assign(context, { round: 0 })],
  ])('an encoder that changes %s', async (_, encode) => {
    await expect(run('leaves contexts', steady({ encode }))).rejects.toThrow(TypeError);
  });

  it('an encoder that changes the ranking', async () => {
    const encode: Encoder['encode'] = ({ last }) => void last?.ranking.sort();
    await expect(run('leaves contexts', steady({ encode }))).rejects.toThrow('context 1 after encoding');
  });

  it('a state that JSON cannot keep, has no kind, or changes', async () => {
    const withState = (state: object) => run('survives JSON', steady({ state: () => state as EncoderState }));
    await expect(withState({ kind: 'x', mean: Float32Array.of(1) })).rejects.toThrow('holds only what JSON keeps');
    await expect(withState({ kind: 'x', mean: [Number.NaN] })).rejects.toThrow('holds only what JSON keeps');
    await expect(withState({ kind: '' })).rejects.toThrow('state().kind');
    let calls = 0;
    const growing = steady({ state: () => ({ kind: 'x', calls: calls++ }) as EncoderState });
    await expect(run('survives JSON', growing)).rejects.toThrow('state() after encoding');
  });

  it.each<[string, Partial<Encoder>, string]>([
    ['another name', { name: 'other' }, 'name of the restored encoder'],
    ['another shape', { shape: [2, 1] }, 'shape of the restored encoder'],
    ['another state', { state: () => ({ kind: 'other' }) }, 'state() of the restored encoder'],
    ['other floats', { encode: (_, output) => void output.fill(1) }, 'writes the same bytes'],
  ])('a restored encoder with %s', async (_, change, message) => {
    await expect(run('restored', createSteady, steady(change))).rejects.toThrow(message);
    await expect(run('restored', createSteady)).resolves.toBeUndefined();
  });
});
