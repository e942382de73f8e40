import { fromFunction } from '@rppkit/env';
import { createPatternSpace, defaultPatterns, movies } from '@rppkit/patterns';
import { createRandomStream, TextModelError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { evaluatePrompts } from './evaluate-prompts.ts';
import { askRandomPrompts } from './random-prompts.ts';
import { createScriptedWorld } from './scripted-world.fixture.ts';

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

  it('hands out every answer with its trial, failed ones too', async () => {
    const model = fromFunction({
      id: 'faulty',
      answer({ messages }) {
        if (messages.at(-1)!.text === prompts[1]) throw new TextModelError('server', 'down');
        return '[2] > [1]';
      },
    });
    const prompts: string[] = [];
    const trials = [0, 1, 2].map((task) => ({ task, choice: [0, 0, 0] }));
    await evaluatePrompts({
      tasks,
      trials,
      space,
      model: answering(''),
      onAnswer: ({ prompt }, trial) => {
        prompts[trial] = prompt.messages.at(-1)!.text;
      },
    });
    const outcomes: string[] = [];
    await evaluatePrompts({
      tasks,
      trials,
      space,
      model,
      onAnswer: (answer, trial) => {
        outcomes[trial] = answer.outcome;
      },
    });
    expect(outcomes).toEqual(['answered', 'failed', 'answered']);
  });

  it('asks the longest legal window of a history', async () => {
    const { task } = tasks[0]!;
    const short = [{ ...tasks[0]!, task: { ...task, history: [...task.history, task.history[0]!] } }];
    const asked: string[] = [];
    const model = fromFunction({
      id: 'recorder',
      answer({ messages }) {
        asked.push(messages.at(-1)!.text);
        return '[1]';
      },
    });
    const wide = createPatternSpace({ domain: movies, patterns: defaultPatterns });
    // Windows 2, 5, …, and a history of three.
    const evaluate = (choice: readonly number[]) =>
      evaluatePrompts({ tasks: short, trials: [{ task: 0, choice }], space: wide, model });
    await evaluate([0, 1, 0, 0]);
    await evaluate([0, 0, 0, 0]);
    expect(asked[0]).toContain('These are the 2 movies');
    expect(asked[1]).toBe(asked[0]);
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

describe('askRandomPrompts, as refused', () => {
  it.each([
    ['tasks', { tasks: [] }],
    ['calls', { calls: Number.NaN }],
    ['calls', { calls: 0 }],
    ['calls', { calls: 1.5 }],
    ['candidateOrders', { candidateOrders: 0 }],
  ])('names %s of %o', async (name, wrong) => {
    const options = { tasks, calls: 3, space, model: answering('[1]'), random: createRandomStream(1), ...wrong };
    await expect(askRandomPrompts(options)).rejects.toThrow(`Expected ${name} to be`);
  });
});
