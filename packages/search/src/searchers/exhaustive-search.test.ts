import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createDeterministicSource } from './deterministic-source.fixture.ts';
import { createExhaustiveSearch } from './exhaustive-search.ts';

const random = createRandomStream(1);
// The place of the relevant item differs by task, order and prompt.
const place = (task: number, order: number, prompt: number): number => (task * 5 + order * 3 + prompt * prompt) % 4;
const rank = ({ task, orderIndex }: { readonly task: number; readonly orderIndex: number }, prompt: number) => {
  const others = [1, 2, 3];
  others.splice(place(task, orderIndex, prompt), 0, 0);
  return others;
};

/** The prompt with the highest mean over tasks and orders, and that mean. */
function findByHand(prompts: readonly number[], users: number, orders: number): number {
  const means = prompts.map((prompt) => {
    let sum = 0;
    for (let task = 0; task < users; task++) {
      for (let order = 0; order < orders; order++) sum += 1 / Math.log2(place(task, order, prompt) + 2);
    }
    return sum;
  });
  return prompts[means.indexOf(Math.max(...means))]!;
}

describe('createExhaustiveSearch', () => {
  it('finds what all answers say', async () => {
    for (const [users, orders] of [
      [3, 2],
      [5, 1],
      [2, 3],
    ] as const) {
      const { source, trials } = createDeterministicSource(rank, { users, candidateOrders: orders });
      const search = createExhaustiveSearch();
      expect(search.computeFewestCalls(source)).toBe(8 * users * orders);
      const found = await search.search(source, { calls: 1000, random });
      const best = findByHand([0, 1, 2, 3, 4, 5, 6, 7], users, orders);
      expect(found.choose(source.tasks[0]!.task)).toEqual([[best >> 2, best % 4, 0]]);
      expect(new Set(trials.map((trial) => JSON.stringify(trial))).size).toBe(8 * users * orders);
      expect(found.calls).toBe(trials.length);
    }
  });

  it('asks what a source offers, as often as it is told', async () => {
    const { source, trials } = createDeterministicSource(rank, { users: 3, actions: Int32Array.of(2, 5) });
    await createExhaustiveSearch({ draws: 4 }).search(source, { calls: 24, random });
    expect(trials).toHaveLength(24);
    expect(new Set(trials.map(({ sampleIndex }) => sampleIndex))).toEqual(new Set([0, 1, 2, 3]));
  });

  it('refuses less than all', async () => {
    const { source } = createDeterministicSource(rank, { users: 3 });
    await expect(createExhaustiveSearch().search(source, { calls: 23, random })).rejects.toThrow('at least 24');
    expect(() => createExhaustiveSearch({ draws: 0 })).toThrow('draws');
  });
});
