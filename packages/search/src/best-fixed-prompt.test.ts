import { createPatternSpace, defaultPatterns, movies } from '@rppkit/patterns';
import { createRandomStream, type TextModel } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { findBestFixedPrompt, planBestFixedPrompt } from './best-fixed-prompt.ts';
import { createScriptedWorld } from './scripted-world.fixture.ts';

const large = createPatternSpace({ domain: movies, patterns: defaultPatterns });

describe('planBestFixedPrompt', () => {
  it('spends half on screening and a quarter of the rest on each halving round', () => {
    expect(planBestFixedPrompt(1024, large)).toEqual({
      screening: 512,
      rounds: [
        { finalists: 16, tasksEach: 8 },
        { finalists: 8, tasksEach: 16 },
        { finalists: 4, tasksEach: 32 },
        { finalists: 2, tasksEach: 64 },
      ],
      calls: 1024,
    });
  });

  it('has no more finalists than the space has prompts', () => {
    const { space } = createScriptedWorld({ users: 1, interaction: false });
    expect(planBestFixedPrompt(144, space).rounds.map(({ finalists }) => finalists)).toEqual([8, 4, 2]);
  });

  it('never plans more than the budget and refuses one that is too small', () => {
    for (const calls of [128, 129, 200, 999, 12_345])
      expect(planBestFixedPrompt(calls, large).calls).toBeLessThanOrEqual(calls);
    expect(() => planBestFixedPrompt(127, large)).toThrow('at least 128');
  });
});

describe('findBestFixedPrompt', () => {
  it('finds the prompt that is best for everybody, with exactly the planned calls', async () => {
    const { space, tasks, model } = createScriptedWorld({ users: 60, interaction: true });
    let asked = 0;
    const counted: TextModel = {
      id: model.id,
      generate(request) {
        asked++;
        return model.generate(request);
      },
    };
    const found = await findBestFixedPrompt({
      tasks,
      space,
      model: counted,
      calls: 800,
      random: createRandomStream(1),
    });
    expect(space.patterns[1]!.expressions[found.choice[1]!]!.id).toBe('good');
    expect(asked).toBe(planBestFixedPrompt(800, space).calls);
    expect(found.calls).toBe(asked);
  });

  it('repeats itself for the same seed', async () => {
    const { space, tasks, model } = createScriptedWorld({ users: 20, interaction: false });
    const search = () => findBestFixedPrompt({ tasks, space, model, calls: 128, random: createRandomStream(5) });
    expect(await search()).toEqual(await search());
  });
});
