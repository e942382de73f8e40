import { fromFunction } from '@rppkit/env';
import { NoRelevantItemError, recall } from '@rppkit/metrics';
import { listJointActions } from '@rppkit/patterns';
import { createRandomStream, InvalidArgumentError, type JudgedTask, TextModelError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import type { PromptTrial } from '../answers/answer-source.ts';
import { createModelSource } from '../answers/create-model-source.ts';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { createTableSource } from './create-table-source.ts';
import { recordResponseTable } from './record-response-table.ts';

const { space, tasks: worldTasks, model } = createScriptedWorld({ users: 6, interaction: true });
const tasks: readonly JudgedTask[] = worldTasks.map((judged, place) =>
  place === 2 ? { ...judged, task: { ...judged.task, history: judged.task.history.slice(1) } } : judged,
);
const plain = tasks.map(({ task }) => task);
const table = await recordResponseTable(plain, space, model, { orders: 3, draws: 2 });

function listTrials(count: number): readonly PromptTrial[] {
  const random = createRandomStream('trials');
  const choices = [...listJointActions(space)];
  return Array.from({ length: count }, () => ({
    task: random.integer(tasks.length),
    choice: choices[random.integer(choices.length)]!,
    orderIndex: random.integer(3),
    sampleIndex: random.integer(2),
  }));
}

describe('createTableSource', () => {
  it('gives the answers and rewards that the model gives', async () => {
    const trials = listTrials(200);
    for (const reward of [{}, { k: 1 }, { missing: 'zero' as const, k: 2 }]) {
      const source = createTableSource(table, { tasks, reward });
      expect(await source.ask(trials)).toEqual(await createModelSource({ tasks, space, model, reward }).ask(trials));
      // A second time, from what was computed.
      expect(await source.ask(trials)).toEqual(await createModelSource({ tasks, space, model, reward }).ask(trials));
    }
    const source = createTableSource(table, { tasks });
    expect([source.candidateOrders, source.actions, source.space]).toEqual([3, undefined, space]);
    const { rankings } = await source.ask([{ task: 1, choice: [0, 1, 0] }]);
    const first = rankings[0]!;
    expect(source.judge(1, [first, first.slice().reverse()])).toBe(
      createModelSource({ tasks, space, model }).judge(1, [first, first.slice().reverse()]),
    );
  });

  it('takes any metric', async () => {
    const source = createTableSource(table, { tasks, reward: { metric: recall, k: 1 } });
    const { rewards, rankings } = await source.ask(listTrials(30));
    for (const [place, { task }] of listTrials(30).entries()) {
      const first = tasks[task]!.task.candidates[rankings[place]![0]!]!.id;
      expect(rewards[place]).toBe(tasks[task]!.relevance.has(first) ? 1 : 0);
    }
  });

  it('takes some of the tasks in any order', async () => {
    const source = createTableSource(table, { tasks: [tasks[4]!, tasks[1]!] });
    const all = createTableSource(table, { tasks });
    const choice = [1, 2, 0];
    const { rewards } = await source.ask([0, 1].map((task) => ({ task, choice })));
    expect(rewards).toEqual((await all.ask([4, 1].map((task) => ({ task, choice })))).rewards);
  });

  it('counts orders and draws modulo those recorded', async () => {
    const source = createTableSource(table, { tasks });
    const ask = async (orderIndex: number, sampleIndex: number) =>
      source.ask(tasks.map((_, task) => ({ task, choice: [0, 1, 0], orderIndex, sampleIndex })));
    expect(await ask(4, 3)).toEqual(await ask(1, 1));
    expect(await ask(1, 1)).not.toEqual(await ask(0, 1));
    expect(await ask(1, 1)).not.toEqual(await ask(1, 0));
  });

  it('keeps failed calls without a reward, and invalid answers with one', async () => {
    let call = 0;
    const faulty = fromFunction({
      id: 'faulty',
      answer() {
        if (call++ % 2 === 0) throw new TextModelError('server', 'down');
        return 'nothing';
      },
    });
    const failed = await recordResponseTable(plain, space, faulty, { orders: 2, concurrency: 1 });
    const source = createTableSource(failed, { tasks });
    const { rewards, rankings, tokens } = await source.ask(
      [0, 1].map((orderIndex) => ({ task: 0, choice: [0, 0, 0], orderIndex })),
    );
    expect([rewards[0], rankings[0], tokens[0]]).toEqual([Number.NaN, undefined, 0]);
    // The mean over four places: (1 + 1/log2 3 + 1/2 + 1/log2 5) / 4.
    expect(rewards[1]).toBeCloseTo((1 + 1 / Math.log2(3) + 0.5 + 1 / Math.log2(5)) / 4, 12);
    expect(rankings[1]).toEqual(new Int32Array(0));
    expect(tokens[1]).toBeGreaterThan(0);
  });

  it('serves the recorded actions, and what comes to the same for a task', async () => {
    const some = await recordResponseTable(plain, space, model, { actions: [5, 6] });
    const source = createTableSource(some, { tasks });
    expect([...source.actions!]).toEqual([5, 6]);
    expect(source.draws).toBe(1);
    const model5 = createModelSource({ tasks, space, model });
    // Action 5 is window 2 with reasoning 1; for the task with one item that is action 1.
    for (const choice of [
      [1, 1, 0],
      [0, 1, 0],
    ]) {
      expect(await source.ask([{ task: 2, choice }])).toEqual(await model5.ask([{ task: 2, choice }]));
    }
    await expect(source.ask([{ task: 0, choice: [0, 1, 0] }])).rejects.toThrow('2 recorded joint actions');
  });

  it('refuses what it cannot answer', async () => {
    const source = createTableSource(table, { tasks });
    await expect(source.ask([{ task: 6, choice: [0, 0, 0] }])).rejects.toThrow('trial.task');
    await expect(source.ask([{ task: 0, choice: [0, 0] }])).rejects.toThrow(InvalidArgumentError);
    await expect(source.ask([{ task: 0, choice: [0, 0, 0], orderIndex: -1 }])).rejects.toThrow('orderIndex');
    await expect(source.ask([{ task: 0, choice: [0, 0, 0], sampleIndex: 0.5 }])).rejects.toThrow('sampleIndex');
    const reason = new Error('enough');
    await expect(source.ask([], { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('refuses what no answer could be judged by, before it is asked', () => {
    const create = (options: object) => () => createTableSource(table, { tasks, ...options });
    expect(create({ reward: { k: 0 } })).toThrow('Expected k to be');
    expect(create({ tasks: plain })).toThrow('judged tasks');
    expect(create({ tasks: [{ ...tasks[0]!, relevance: new Map() }] })).toThrow(NoRelevantItemError);
  });

  it('refuses tasks that were not recorded, or that have changed', () => {
    const [first, second] = tasks as readonly [JudgedTask, JudgedTask];
    const create = (some: readonly JudgedTask[]) => () => createTableSource(table, { tasks: some });
    expect(create([])).toThrow('at least one task');
    expect(create([first, first])).toThrow('tasks with different ids');
    expect(create([{ ...first, task: { ...first.task, id: 'new' } }])).toThrow('"new"');
    const changed = { ...second, task: { ...second.task, history: first.task.history } };
    expect(create([first, changed])).toThrow('task "t1" to be those that were recorded');
  });
});
