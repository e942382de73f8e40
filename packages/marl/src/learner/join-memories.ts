import { InvalidArgumentError } from '@rppkit/spec';
import type { AlgorithmMemory } from './algorithm.ts';

/** One memory of several, saved as a record under their names. */
export function joinMemories(memories: Readonly<Record<string, AlgorithmMemory>>): AlgorithmMemory {
  const parts = Object.entries(memories);
  return {
    save: () => Object.fromEntries(parts.map(([name, memory]) => [name, memory.save()])),
    prepareRestore(saved, space) {
      if (typeof saved !== 'object' || saved === null) {
        throw new InvalidArgumentError('state.extra', `an object with ${Object.keys(memories).join(', ')}`, saved);
      }
      const restores = parts.map(([name, memory]) =>
        memory.prepareRestore((saved as Readonly<Record<string, unknown>>)[name], space),
      );
      return () => {
        for (const restore of restores) restore();
      };
    },
  };
}
