import { InvalidArgumentError } from '@rppkit/spec';
import { expect, it } from 'vitest';
import type { AlgorithmMemory } from './algorithm.ts';
import { joinMemories } from './join-memories.ts';

const space = { agents: ['a'], observationSize: 1, stateSize: 1, actionCounts: { a: 1 } };

class Counter implements AlgorithmMemory {
  count = 0;

  save(): number {
    return this.count;
  }

  prepareRestore(saved: unknown): () => void {
    if (typeof saved !== 'number') throw new InvalidArgumentError('count', 'a number', saved);
    return () => {
      this.count = saved;
    };
  }
}

it('joinMemories saves each memory under its name and restores all of them or none', () => {
  const [first, second] = [new Counter(), new Counter()];
  const joined = joinMemories({ first, second });
  first.count = 3;
  expect(joined.save()).toEqual({ first: 3, second: 0 });
  expect(() => joined.prepareRestore({ first: 7 }, space)).toThrow(/count to be a number, received undefined/);
  for (const saved of [undefined, null, 3]) {
    expect(() => joined.prepareRestore(saved, space)).toThrow(/state\.extra to be an object with first, second/);
  }
  const restore = joined.prepareRestore({ first: 5, second: 6 }, space);
  expect(joined.save()).toEqual({ first: 3, second: 0 });
  restore();
  expect(joined.save()).toEqual({ first: 5, second: 6 });
});
