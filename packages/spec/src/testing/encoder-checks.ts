import { expect } from 'vitest';
import type { Encoder, EncoderContext, EncoderState } from '../encoder.ts';
import type { ConformanceCheck } from './conformance-check.ts';
import { assertCount, assertFinite } from './declared-spaces.ts';
import { newUserContexts } from './example-encoder-contexts.ts';

/** An encoder and what the checks encode with it. */
export interface EncoderSubject {
  readonly encoder: Encoder;
  /** Another encoder, fitted alike, that has seen no context. */
  readonly createTwin: () => Promise<Encoder>;
  readonly contexts: readonly EncoderContext[];
  readonly restore?: (state: EncoderState) => Promise<Encoder> | Encoder;
}

/** The contract of `Encoder`. */
export const encoderChecks: readonly ConformanceCheck<EncoderSubject>[] = [
  {
    name: 'declares a name, and a size that its shape multiplies to',
    async run({ encoder, contexts }) {
      assertDeclared(encoder);
      // With fewer, the other checks would compare nothing.
      expect(contexts.length, 'contexts to test with, at least two').toBeGreaterThan(1);
    },
  },
  {
    name: 'writes all of the output with finite numbers, and nothing else',
    async run({ encoder, contexts }) {
      await encoder.prepare?.(contexts);
      for (const [index, context] of contexts.entries()) {
        const floats = encodeWithin(encoder, context, Number.NaN);
        assertFinite(`context ${index}: what encode writes over NaN`, floats);
        const again = encodeWithin(encoder, context, 7);
        expectSameBytes(again, floats, `context ${index}: encode sets the output and does not add to what it held`);
      }
    },
  },
  {
    name: 'gives equal contexts equal bytes, also as other objects and after being prepared again',
    async run({ encoder, contexts }) {
      const first = await encodeAll(encoder, contexts);
      const second = await encodeAll(encoder, contexts);
      const copies = await encodeAll(encoder, contexts.map(copyContext));
      contexts.forEach((_, index) => {
        expectSameBytes(second[index]!, first[index]!, `context ${index}: encoding twice gives the same bytes`);
        expectSameBytes(copies[index]!, first[index]!, `context ${index}: an equal copy gives the same bytes`);
      });
    },
  },
  {
    name: 'encodes one user alone as in a batch, in any order',
    async run({ encoder, createTwin, contexts }) {
      const together = await encodeAll(encoder, contexts);
      const reversed = (await encodeAll(await createTwin(), contexts.toReversed())).toReversed();
      for (const [index, context] of contexts.entries()) {
        expectSameBytes(
          reversed[index]!,
          together[index]!,
          `context ${index}: what was encoded before changes nothing`,
        );
        const [alone] = await encodeAll(await createTwin(), [context]);
        expectSameBytes(
          alone!,
          together[index]!,
          `context ${index}: encoded alone as in a batch, never refitted to it`,
        );
      }
    },
  },
  {
    name: 'works for a new user with an empty history and unknown items',
    async run({ encoder, contexts }) {
      const known = await encodeAll(encoder, contexts);
      const strangers = await encodeAll(encoder, newUserContexts);
      strangers.forEach((floats, index) => {
        assertFinite(`new user ${index}`, floats);
      });
      const after = await encodeAll(encoder, contexts);
      contexts.forEach((_, index) => {
        expectSameBytes(after[index]!, known[index]!, `context ${index}: new users change nothing for others`);
      });
    },
  },
  {
    name: 'leaves contexts as they were',
    async run({ encoder, contexts }) {
      const given = contexts.map(copyContext);
      for (const context of given) freezeDeeply(context);
      await encodeAll(encoder, given);
      given.forEach((context, index) => {
        expect(context, `context ${index} after encoding`).toEqual(contexts[index]);
      });
    },
  },
  {
    name: 'has a state that survives JSON and does not change by encoding',
    async run({ encoder, contexts }) {
      const state = encoder.state();
      expect(state.kind, 'state().kind says which encoder restores it').toMatch(/\S/);
      const json = JSON.stringify(state);
      expect(JSON.parse(json), 'state() holds only what JSON keeps').toEqual(state);
      await encodeAll(encoder, contexts);
      expect(JSON.stringify(encoder.state()), 'state() after encoding, as it was fitted').toBe(json);
    },
  },
  {
    name: 'is restored from JSON to the same bytes',
    async run({ encoder, contexts, restore }) {
      if (restore === undefined) return;
      const json = JSON.stringify(encoder.state());
      const restored = await restore(JSON.parse(json) as EncoderState);
      assertDeclared(restored);
      for (const field of ['name', 'size', 'shape'] as const) {
        expect(restored[field], `${field} of the restored encoder`).toEqual(encoder[field]);
      }
      expect(JSON.stringify(restored.state()), 'state() of the restored encoder').toBe(json);
      const all = [...contexts, ...newUserContexts];
      const expected = await encodeAll(encoder, all);
      const received = await encodeAll(restored, all);
      expected.forEach((floats, index) => {
        expectSameBytes(received[index]!, floats, `context ${index}: the restored encoder writes the same bytes`);
      });
    },
  },
];

function assertDeclared({ name, size, shape = [size] }: Encoder): void {
  expect(name, 'name is shown in the observation layout').toMatch(/\S/);
  assertCount('size', size, 1);
  for (const [axis, length] of shape.entries()) assertCount(`shape[${axis}]`, length, 1);
  expect(
    shape.reduce((product, length) => product * length, 1),
    'shape multiplies to size',
  ).toBe(size);
}

async function encodeAll(encoder: Encoder, contexts: readonly EncoderContext[]): Promise<readonly Float32Array[]> {
  await encoder.prepare?.(contexts);
  return contexts.map((context) => encodeWithin(encoder, context, 0));
}

/** Encodes into the middle of a longer array, as environments do, and checks that its neighbours stay as they were. */
function encodeWithin(encoder: Encoder, context: EncoderContext, filler: number): Float32Array {
  const margin = 3;
  const whole = new Float32Array(encoder.size + 2 * margin).fill(filler);
  encoder.encode(context, whole.subarray(margin, margin + encoder.size));
  for (let offset = 0; offset < margin; offset++) {
    for (const place of [offset, margin + encoder.size + offset]) {
      expect(whole[place], 'encode writes into its part of the observation alone').toBe(filler);
    }
  }
  return whole.slice(margin, margin + encoder.size);
}

function expectSameBytes(received: Float32Array, expected: Float32Array, message: string): void {
  expect(new Uint32Array(received.buffer), `${message} (bits of ${received}, expected ${expected})`).toEqual(
    new Uint32Array(expected.buffer),
  );
}

function copyContext({ task, round, rounds, last }: EncoderContext): EncoderContext {
  return {
    task: structuredClone(task),
    round,
    rounds,
    ...(last === undefined ? {} : { last: structuredClone(last) }),
  };
}

/** Typed arrays cannot be frozen; they are compared afterwards. */
function freezeDeeply(value: unknown): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freezeDeeply(part);
}
