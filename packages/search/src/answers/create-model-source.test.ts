import { fromFunction } from '@rppkit/env';
import { NoRelevantItemError, recall } from '@rppkit/metrics';
import { createRandomStream, InvalidArgumentError, TextModelError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { createModelSource } from './create-model-source.ts';

const { tasks, space, model } = createScriptedWorld({ users: 20, interaction: true });
const good = [0, 1, 0];

describe('createModelSource', () => {
  it('judges each answer with the labels of its own task', async () => {
    const source = createModelSource({ tasks, space, model });
    const { rewards, rankings, tokens } = await source.ask(tasks.map((_, task) => ({ task, choice: good })));
    for (const [task, judged] of tasks.entries()) {
      const place = rankings[task]!.findIndex((item) => judged.relevance.has(judged.task.candidates[item]!.id));
      expect(rewards[task]).toBeCloseTo(1 / Math.log2(place + 2), 12);
      expect(source.judge(task, [rankings[task]!])).toBe(rewards[task]);
    }
    expect(tokens.every((count) => count > 0)).toBe(true);
  });

  it('judges the rank aggregate of several answers', () => {
    const source = createModelSource({ tasks, space, model });
    const relevant = tasks[0]!.task.candidates.findIndex(({ id }) => tasks[0]!.relevance.has(id));
    const others = [0, 1, 2, 3].filter((item) => item !== relevant);
    // Twice first and once last: mean place 1, behind the first of the others, whose mean place is 2 / 3.
    const first = Int32Array.of(relevant, ...others);
    expect(source.judge(0, [first, first, Int32Array.of(...others, relevant)])).toBeCloseTo(1 / Math.log2(3), 12);
  });

  it('tells failed calls apart from bad answers', async () => {
    const random = createRandomStream(1);
    const failing = fromFunction({
      id: 'failing',
      answer() {
        if (random.uniform() < 0.5) throw new TextModelError('server', 'down');
        return 'no ranking';
      },
    });
    const source = createModelSource({ tasks, space, model: failing });
    const { rewards, rankings, tokens } = await source.ask(tasks.map((_, task) => ({ task, choice: good })));
    const failed = rankings.filter((ranking) => ranking === undefined).length;
    expect(failed).toBeGreaterThan(3);
    expect(failed).toBeLessThan(17);
    for (const [index, ranking] of rankings.entries()) {
      expect(Number.isNaN(rewards[index])).toBe(ranking === undefined);
      if (ranking === undefined) expect(tokens[index]).toBe(0);
      else expect(ranking).toHaveLength(0);
    }
  });

  it('asks the longest legal window of a history', async () => {
    const short = [{ ...tasks[0]!, task: { ...tasks[0]!.task, history: tasks[0]!.task.history.slice(0, 1) } }];
    const source = createModelSource({ tasks: short, space, model });
    expect((await source.ask([{ task: 0, choice: [1, 1, 0] }])).rewards[0]).toBeGreaterThan(0);
  });

  it('rejects with the reason of its signal, whatever the model says of it', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const aborted = fromFunction({
      id: 'aborted',
      answer() {
        controller.abort(reason);
        throw new TextModelError('aborted', 'no more');
      },
    });
    const source = createModelSource({ tasks, space, model: aborted, concurrency: 1 });
    const { signal } = controller;
    await expect(source.ask([{ task: 0, choice: good }], { signal })).rejects.toBe(reason);
    // Asked with it a second time, no call is made at all.
    await expect(createModelSource({ tasks, space, model }).ask([{ task: 0, choice: good }], { signal })).rejects.toBe(
      reason,
    );
  });

  it('takes any metric', async () => {
    const source = createModelSource({ tasks, space, model, reward: { metric: recall, k: 1 } });
    const { rewards, rankings } = await source.ask(tasks.map((_, task) => ({ task, choice: good })));
    const isFirst = rankings.map((ranking, task) =>
      tasks[task]!.relevance.has(tasks[task]!.task.candidates[ranking![0]!]!.id),
    );
    expect([...rewards]).toEqual(isFirst.map(Number));
    expect(new Set(rewards).size).toBe(2);
  });

  it('refuses what it cannot ask', async () => {
    expect(() => createModelSource({ tasks: [], space, model })).toThrow('at least one task');
    expect(() => createModelSource({ tasks, space, model, reward: { k: 0 } })).toThrow('Expected k to be');
    const blank = [tasks[0]!, { ...tasks[1]!, relevance: new Map() }];
    expect(() => createModelSource({ tasks: blank, space, model })).toThrow(NoRelevantItemError);
    expect(() => createModelSource({ tasks, space, model, candidateOrders: 0 })).toThrow('candidateOrders');
    const source = createModelSource({ tasks, space, model });
    await expect(source.ask([{ task: 20, choice: good }])).rejects.toThrow(InvalidArgumentError);
    await expect(source.ask([{ task: 0, choice: good }], { signal: AbortSignal.abort() })).rejects.toThrow('abort');
  });
});
