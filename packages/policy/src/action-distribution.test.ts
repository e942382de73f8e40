import { createRandomStream } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgentLogits, chooseActions, computeActionProbabilities } from './index.ts';

const agent = (logits: number[], actionCount: number, name = 'role'): AgentLogits => ({
  name,
  actionCount,
  logits: Float32Array.from(logits),
});

describe('computeActionProbabilities', () => {
  it('is the softmax over legal actions', () => {
    // exp of 0, log 2, log 5: weights 1, 2, 5.
    const logits = agent([0, Math.log(2), Math.log(5), 0, Math.log(2), Math.log(5)], 3);
    const probabilities = [...computeActionProbabilities(logits, Uint8Array.of(1, 1, 1, 1, 0, 1))];
    const expected = [1 / 8, 2 / 8, 5 / 8, 1 / 6, 0, 5 / 6];
    for (const [index, value] of expected.entries()) expect(probabilities[index]).toBeCloseTo(value, 6);
    expect(probabilities[4]).toBe(0);
  });

  it('survives large logits, adds to 1 and never allows an illegal action', () => {
    const rows = fc.integer({ min: 1, max: 6 }).chain((count) =>
      fc.tuple(
        fc.array(fc.float({ min: -1e6, max: 1e6, noNaN: true }), { minLength: count, maxLength: count }),
        fc
          .array(fc.integer({ min: 0, max: 1 }), { minLength: count, maxLength: count })
          .filter((mask) => mask.includes(1)),
      ),
    );
    fc.assert(
      fc.property(rows, ([logits, mask]) => {
        const probabilities = computeActionProbabilities(agent(logits, logits.length), Uint8Array.from(mask));
        expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
        for (const [index, legal] of mask.entries()) if (legal === 0) expect(probabilities[index]).toBe(0);
      }),
    );
  });

  it('throws for a row without a legal action, NaN and a mask of another size', () => {
    expect(() => computeActionProbabilities(agent([1, 2, 3, 4], 2), Uint8Array.of(1, 0, 0, 0))).toThrow(
      /none in row 1/,
    );
    expect(() => computeActionProbabilities(agent([1, Number.NaN], 2))).toThrow(/finite/);
    expect(() => computeActionProbabilities(agent([1, 2], 2), Uint8Array.of(1))).toThrow(/length 2/);
    expect(() => computeActionProbabilities(agent([1, 2], 2), Uint8Array.of(1, 255))).toThrow(
      /masks.role to be made of 0 and 1, received 255/,
    );
  });
});

describe('chooseActions', () => {
  const random = () => createRandomStream('choose');

  it('takes the first of the most probable legal actions', () => {
    const agents = [agent([1, 3, 3, 2, 9, 0], 3)];
    const choose = (masks?: Record<string, Uint8Array>) =>
      chooseActions(agents, { deterministic: true, random: random(), ...(masks && { masks }) });
    expect([...choose().actions['role']!]).toEqual([1, 1]);
    expect([...choose({ role: Uint8Array.of(1, 0, 1, 1, 0, 1) }).actions['role']!]).toEqual([2, 0]);
  });

  it('makes no draw when deterministic, and one a row and agent otherwise', () => {
    const agents = [agent([0, 0, 0, 0], 2), agent([0, 0, 0, 0], 2, 'format')];
    const stream = random();
    chooseActions(agents, { deterministic: true, random: stream });
    expect(stream.state().drawn).toBe(0);
    chooseActions(agents, { deterministic: false, random: stream });
    // A uniform number takes two words.
    expect(stream.state().drawn).toBe(2 * 4);
  });

  it('chooses the first rows of a longer batch alike', () => {
    const logits = Array.from({ length: 60 }, (_, index) => Math.sin(index));
    const choose = (rows: number) =>
      chooseActions([agent(logits.slice(0, 3 * rows), 3), agent(logits.slice(0, 3 * rows), 3, 'format')], {
        deterministic: false,
        random: random(),
      });
    expect([...choose(20).actions['format']!.subarray(0, 5)]).toEqual([...choose(5).actions['format']!]);
  });

  it('draws in proportion and reports the log-probability: three standard errors over 20,000 rows', () => {
    const rows = 20_000;
    const logits = Float32Array.from({ length: 3 * rows }, (_, index) => [0, Math.log(2), Math.log(5)][index % 3]!);
    const chosen = chooseActions([{ name: 'role', actionCount: 3, logits }], {
      deterministic: false,
      random: random(),
    });
    for (const [action, probability] of [1 / 8, 2 / 8, 5 / 8].entries()) {
      const share = chosen.actions['role']!.filter((value) => value === action).length / rows;
      expect(Math.abs(share - probability)).toBeLessThan(3 * Math.sqrt((probability * (1 - probability)) / rows));
    }
    const first = chosen.actions['role']![0]!;
    expect(chosen.logProbabilities['role']![0]).toBeCloseTo(Math.log([1 / 8, 2 / 8, 5 / 8][first]!), 6);
  });

  it('throws for masks of an agent that does not exist', () => {
    const masks = { rolle: Uint8Array.of(1, 1) };
    expect(() => chooseActions([agent([0, 0], 2)], { deterministic: true, random: random(), masks })).toThrow(/rolle/);
  });
});
