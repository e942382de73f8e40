import { describe, expect, it } from 'vitest';
import { createDeterministicSource } from './deterministic-source.fixture.ts';
import { evaluateFoundPrompts } from './evaluate-found-prompts.ts';
import { createFoundSequence } from './found-sequence.ts';

const good = [0, 1, 2, 3];
const third = [1, 2, 0, 3];

describe('evaluateFoundPrompts', () => {
  it('gives the mean reward of each task over candidate orders', async () => {
    const { source, trials } = createDeterministicSource(
      ({ task, orderIndex }) => (task === 1 && orderIndex === 1 ? third : good),
      { users: 3, candidateOrders: 2 },
    );
    const found = createFoundSequence(source.space, [[1, 2, 0]], 0);
    const { rewards, tokensPerRanking, calls } = await evaluateFoundPrompts(found, source, { draws: 3 });
    // Orders 0, 1 and 0 again: (1 + .5 + 1) / 3.
    expect([...rewards]).toEqual([1, 2.5 / 3, 1]);
    expect(calls).toBe(9);
    expect(trials.slice(3, 6)).toEqual(
      [
        [0, 0],
        [1, 0],
        [0, 1],
      ].map(([orderIndex, sampleIndex]) => ({ task: 1, choice: [1, 2, 0], orderIndex, sampleIndex })),
    );
    // Prompt number 6.
    expect(tokensPerRanking).toBe(7);
    expect((await evaluateFoundPrompts(found, source)).calls).toBe(3);
  });

  it('judges the aggregate of several prompts, each in an order of its own', async () => {
    const { source, trials } = createDeterministicSource((_, prompt) => (prompt === 1 ? good : third), {
      users: 1,
      candidateOrders: 4,
    });
    const found = createFoundSequence(
      source.space,
      [
        [0, 1, 0],
        [0, 2, 0],
      ],
      0,
    );
    const { rewards, tokensPerRanking, calls } = await evaluateFoundPrompts(found, source, { draws: 2 });
    // Sums of places: item 0 has 0 + 2, item 1 has 1 + 0: second place.
    expect(rewards[0]).toBeCloseTo(1 / Math.log2(3), 12);
    expect(calls).toBe(4);
    expect(tokensPerRanking).toBe(2 + 3);
    expect(trials.map(({ choice, orderIndex }) => [choice[1], orderIndex])).toEqual([
      [1, 0],
      [2, 1],
      [1, 2],
      [2, 3],
    ]);
  });

  it('has no reward for a task with a failed call', async () => {
    const { source } = createDeterministicSource(
      ({ task, orderIndex }) => (task === 1 && orderIndex === 1 ? undefined : good),
      { users: 2, candidateOrders: 2 },
    );
    const [prompt] = [[0, 0, 0]];
    for (const prompts of [[prompt!], [prompt!, prompt!]]) {
      const found = createFoundSequence(source.space, prompts, 0);
      const { rewards, tokensPerRanking } = await evaluateFoundPrompts(found, source, { draws: 2 });
      expect([...rewards]).toEqual([1, Number.NaN]);
      expect(tokensPerRanking).toBe(prompts.length);
    }
    const { source: dead } = createDeterministicSource(() => undefined);
    const nothing = await evaluateFoundPrompts(createFoundSequence(dead.space, [prompt!], 0), dead);
    expect(nothing.tokensPerRanking).toBeNaN();
  });

  it('refuses draws that would count a recorded answer twice', async () => {
    const { source } = createDeterministicSource(() => good, { users: 1, candidateOrders: 2 });
    const table = { ...source, draws: 1 };
    const evaluate = (prompts: readonly (readonly number[])[], draws: number) =>
      evaluateFoundPrompts(createFoundSequence(source.space, prompts, 0), table, { draws });
    const [one, other] = [
      [0, 1, 0],
      [0, 2, 0],
    ];
    expect((await evaluate([one!], 2)).calls).toBe(2);
    // Two answers of each of three prompts, all of them different.
    expect((await evaluate([one!, other!, [0, 3, 0]], 2)).calls).toBe(6);
    for (const [prompts, draws] of [
      [[one!], 3],
      [[one!, one!, one!], 1],
      [[one!, other!], 2],
    ] as const) {
      await expect(evaluate(prompts, draws)).rejects.toThrow('no answer counts twice: the source has 2 of each prompt');
    }
  });

  it('refuses prompts of another space, whose numbers mean other words', async () => {
    const { source } = createDeterministicSource(() => good);
    const { domain, patterns } = source.space;
    const [history, reasoning, format] = patterns;
    const expressions = reasoning!.expressions.map((expression) => ({ ...expression, template: 'Otherwise.' }));
    const reworded = { domain, patterns: [history!, { ...reasoning!, expressions }, format!] };
    const found = createFoundSequence(reworded, [[0, 0, 0]], 0);
    await expect(evaluateFoundPrompts(found, source)).rejects.toThrow('Ask them in their own space');
    // The same space, from a file.
    const read = JSON.parse(JSON.stringify(source.space));
    expect((await evaluateFoundPrompts(createFoundSequence(read, [[0, 0, 0]], 0), source)).calls).toBe(2);
    const { space: _, ...untold } = found;
    expect((await evaluateFoundPrompts(untold, source)).calls).toBe(2);
  });

  it('asks large sources in parts', async () => {
    const { source } = createDeterministicSource(({ task }) => (task % 3 === 0 ? third : good), { users: 700 });
    const found = createFoundSequence(source.space, [[0, 0, 0]], 0);
    const { rewards } = await evaluateFoundPrompts(found, source, { draws: 2 });
    expect([...rewards]).toEqual(Array.from({ length: 700 }, (_, task) => (task % 3 === 0 ? 0.5 : 1)));
  });

  it('prepares, hands on its signal, and refuses no draws', async () => {
    const { source } = createDeterministicSource(() => good);
    const found = createFoundSequence(source.space, [[0, 0, 0]], 0);
    const controller = new AbortController();
    const { signal } = controller;
    const prepared: number[] = [];
    await evaluateFoundPrompts({ ...found, prepare: async (tasks) => void prepared.push(tasks.length) }, source, {
      signal,
    });
    expect(prepared).toEqual([2]);
    const reason = new Error('enough');
    const late = evaluateFoundPrompts(
      found,
      {
        ...source,
        ask(trials, options) {
          controller.abort(reason);
          expect(options?.signal?.aborted).toBe(true);
          return source.ask(trials);
        },
      },
      { signal },
    );
    await expect(late).rejects.toBe(reason);
    await expect(evaluateFoundPrompts(found, source, { signal })).rejects.toBe(reason);
    await expect(evaluateFoundPrompts(found, source, { draws: 0 })).rejects.toThrow('draws');
  });
});
