import { describe, expect, it } from 'vitest';
import { computePhiloxBlock, createRandomStream, restoreRandomStream } from './random-stream.ts';

describe('Philox4x32-10', () => {
  // Known answers of the authors' Random123 library (kat_vectors).
  it.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('gives the published block for counter %j and key %j', (counter, key, expected) => {
    const block = Uint32Array.from(counter);
    computePhiloxBlock(block, key[0]!, key[1]!);
    expect([...block]).toEqual(expected);
  });
});

describe('createRandomStream', () => {
  it('repeats itself for the same seed and differs for another', () => {
    const draw = (seed: number | string) => {
      const random = createRandomStream(seed);
      return Array.from({ length: 10 }, () => random.bits());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7)).not.toEqual(draw('7'));
  });

  it('splits by name, whatever was drawn or split before', () => {
    const first = createRandomStream(1);
    const second = createRandomStream(1);
    second.uniform();
    second.split('other');
    expect(second.split('tasks').bits()).toBe(first.split('tasks').bits());
    expect(first.split('a').bits()).not.toBe(first.split('b').bits());
    expect(first.split('12345678').bits()).not.toBe(first.split('12345678\0').bits());
  });

  it('continues from a saved state', () => {
    const random = createRandomStream('save');
    for (let index = 0; index < 7; index++) random.bits();
    const restored = restoreRandomStream(random.state());
    expect(Array.from({ length: 9 }, () => restored.bits())).toEqual(Array.from({ length: 9 }, () => random.bits()));
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 31])('refuses the bound %d instead of looping or returning NaN', (bound) => {
    expect(() => createRandomStream(1).integer(bound)).toThrow('Expected bound');
  });

  it('refuses seeds that are no integers, and states that no stream returned', () => {
    for (const seed of [Number.NaN, 1.5, Number.POSITIVE_INFINITY])
      expect(() => createRandomStream(seed)).toThrow('Expected seed');
    expect(() => restoreRandomStream({ key: [1, 2], drawn: -1 })).toThrow('Expected state');
  });

  it('draws uniform integers: chi-square of 10 cells over 100,000 draws below its 99.9 % quantile', () => {
    const random = createRandomStream(3);
    const counts = new Float64Array(10);
    for (let index = 0; index < 100_000; index++) counts[random.integer(10)]! += 1;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(27.88);
  });

  it('draws standard normals: four moments over 200,000 draws within four standard errors', () => {
    const random = createRandomStream(4);
    const size = 200_000;
    const moments = [0, 0, 0, 0];
    for (let index = 0; index < size; index++) {
      const value = random.normal();
      for (let power = 1; power <= 4; power++) moments[power - 1]! += value ** power / size;
    }
    // Variances of z, z^2, z^3, z^4 are 1, 2, 15, 96.
    for (const [index, [expected, variance]] of [
      [0, 1],
      [1, 2],
      [0, 15],
      [3, 96],
    ].entries()) {
      expect(Math.abs(moments[index]! - expected!)).toBeLessThan(4 * Math.sqrt(variance! / size));
    }
  });
});
