import { fromFunction } from '@rppkit/env';
import { createRandomStream, TextModelError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { evaluatePrompts } from './evaluate-prompts.ts';
import { askRandomPrompts } from './random-prompts.ts';
import { createScriptedWorld } from './scripted-world.fixture.ts';
import { swapPrompts } from './swap-prompts.ts';

const { space, tasks } = createScriptedWorld({ users: 6, interaction: false });
const answering = (answer: string) => fromFunction({ id: 'constant', answer: () => answer });

describe('evaluatePrompts', () => {
  it('judges each answer by the labels of its own task, at every cut-off', async () => {
    const trials = tasks.map((_, task) => ({ task, choice: [0, 0, 0] }));
    const { ndcg, answered, invalid, modelCalls } = await evaluatePrompts({
      tasks,
      trials,
      space,
      model: answering('[1] > [2] > [3] > [4]'),
      cutoffs: [1, 4],
    });
    tasks.forEach(({ relevance }, index) => {
      const rank = Number([...relevance.keys()][0]) + 1;
      expect(ndcg.get(1)![index]).toBe(rank === 1 ? 1 : 0);
      expect(ndcg.get(4)![index]).toBeCloseTo(1 / Math.log2(rank + 1), 12);
    });
    expect([...answered]).toEqual([1, 1, 1, 1, 1, 1]);
    expect([invalid, modelCalls]).toEqual([0, 6]);
  });

  it('keeps failed calls apart from invalid answers', async () => {
    let call = 0;
    const model = fromFunction({
      id: 'faulty',
      answer() {
        if (call++ % 2 === 0) throw new TextModelError('server', 'down');
        return 'no list here';
      },
    });
    const trials = tasks.map((_, task) => ({ task, choice: [0, 0, 0] }));
    const result = await evaluatePrompts({ tasks, trials, space, model, concurrency: 1 });
    expect([...result.answered]).toEqual([0, 1, 0, 1, 0, 1]);
    expect(result.failures).toEqual(new Map([['server', 3]]));
    expect(result.invalid).toBe(3);
    expect(result.ndcg.get(10)![0]).toBeNaN();
    // The mean over four places: (1 + 1/log2 3 + 1/2 + 1/log2 5) / 4.
    expect(result.ndcg.get(10)![1]).toBeCloseTo((1 + 1 / Math.log2(3) + 0.5 + 1 / Math.log2(5)) / 4, 12);
  });

  it('refuses a trial of a task that is not there', async () => {
    await expect(
      evaluatePrompts({ tasks, trials: [{ task: 6, choice: [0, 0, 0] }], space, model: answering('') }),
    ).rejects.toThrow('trial.task');
  });
});

describe('askRandomPrompts', () => {
  it('spreads calls evenly over tasks and never repeats a draw', async () => {
    const seen = new Set<string>();
    const model = fromFunction({
      id: 'recorder',
      answer({ messages, sampleIndex }) {
        seen.add(JSON.stringify([messages, sampleIndex]));
        return '[1] > [2]';
      },
    });
    const { rows } = await askRandomPrompts({ tasks, calls: 50, space, model, random: createRandomStream(1) });
    const counts = tasks.map((_, task) => rows.filter((row) => row.task === task).length);
    expect([...new Set(counts)].sort()).toEqual([8, 9]);
    expect(rows).toHaveLength(50);
    expect(new Set(rows.map(({ choice }) => choice.join())).size).toBe(8);
    expect(seen.size).toBeGreaterThan(40);
  });
});

describe('swapPrompts', () => {
  const plain = tasks.map(({ task }, index) => (index < 2 ? { ...task, history: task.history.slice(1) } : task));

  it('hands prompts on only among tasks with the same legal expressions, and loses none', () => {
    const choices = plain.map(({ history }, index) => [history.length - 1, index % 4, 0]);
    const swapped = swapPrompts({ tasks: plain, choices, space, random: createRandomStream(3) });
    expect([...swapped].map(String).sort()).toEqual(choices.map(String).sort());
    expect(swapped.slice(0, 2)).toEqual([choices[1], choices[0]]);
    swapped.forEach((choice, index) => {
      expect(choice).not.toBe(choices[index]);
    });
  });

  it('changes nothing for a policy with one prompt for all, nor for a task that is alone', () => {
    const same = plain.map(() => [0, 1, 0]);
    expect(swapPrompts({ tasks: plain, choices: same, space, random: createRandomStream(1) })).toEqual(same);
    expect(
      swapPrompts({ tasks: plain.slice(0, 1), choices: [[0, 3, 0]], space, random: createRandomStream(1) }),
    ).toEqual([[0, 3, 0]]);
  });
});
