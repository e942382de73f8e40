import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { ValueNormalizer } from './value-normalizer.ts';
import { createValueNormalizerMemory } from './value-normalizer-memory.ts';

const space = { agents: ['a'], observationSize: 1, stateSize: 1, actionCounts: { a: 2 } };

function createNormalizers(): readonly ValueNormalizer[] {
  const random = createRandomStream('returns');
  return [0, 1].map(() => {
    const normalizer = new ValueNormalizer();
    normalizer.update(Float32Array.of(random.normal(), random.normal()));
    return normalizer;
  });
}

describe('createValueNormalizerMemory', () => {
  it('restores every normaliser in order, and only once it is told to', () => {
    const source = createNormalizers();
    const target = [new ValueNormalizer(), new ValueNormalizer()];
    const saved = createValueNormalizerMemory(source).save();
    const set = createValueNormalizerMemory(target).prepareRestore(structuredClone(saved), space);
    expect(target[0]!.save().weight).toBe(0);
    set();
    expect(target.map((one) => one.save())).toEqual(source.map((one) => one.save()));
    expect(target[0]!.save()).not.toEqual(target[1]!.save());
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no normaliser', { valueNormalizers: [] }],
    ['one that cannot be', { valueNormalizers: [{ mean: 0, meanSquare: 0, weight: 0 }, { mean: 0 }] }],
  ])('refuses %s', (_, saved) => {
    const normalizers = createNormalizers();
    const before = normalizers.map((one) => one.save());
    expect(() => createValueNormalizerMemory(normalizers).prepareRestore(saved, space)).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
    );
    expect(normalizers.map((one) => one.save())).toEqual(before);
  });

  it('saves an empty list without normalisers, and refuses the state of a learner that has some', () => {
    const memory = createValueNormalizerMemory([]);
    expect(memory.save()).toEqual({ valueNormalizers: [] });
    expect(() => memory.prepareRestore(createValueNormalizerMemory(createNormalizers()).save(), space)).toThrow(
      /normalizeValues/,
    );
  });
});
