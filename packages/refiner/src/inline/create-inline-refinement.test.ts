import type { ComingRound } from '@rppkit/env';
import type { PatternSpace } from '@rppkit/patterns';
import { describe, expect, it } from 'vitest';
import {
  createEnvironment,
  createMarkedModel,
  createScriptedRefiner,
  space,
  tasks,
} from '../growth/growing-world.fixture.ts';
import type { Refinement } from '../rewriting/refinement.ts';
import { createInlineRefinement, type InlineRefinementOptions } from './create-inline-refinement.ts';

const good = 'Rank the candidates by what is GOOD.';
const rejected: Refinement = { kind: 'rejected', reasons: ['length'], attempts: [], calls: 2 };
const failed: Refinement = { kind: 'failed', failure: 'server', possiblyPaid: false, attempts: [], calls: 1 };

const round = (task: number, reasoning: number, role = 0): ComingRound => ({
  task: tasks[task]!.task,
  choice: [role, 0, reasoning, 0],
  round: 0,
});

const create = (answers: readonly (string | Refinement)[], options: Partial<InlineRefinementOptions> = {}) => {
  const refiner = createScriptedRefiner(answers);
  return { refiner, inline: createInlineRefinement({ refiner, space, patterns: ['reasoning'], ...options }) };
};

const getTemplate = ({ patterns }: PatternSpace, action: number): string => patterns[2]!.expressions[action]!.template;

describe('inline refinement', () => {
  it('refines each chosen expression once a step, and no other', async () => {
    const { refiner, inline } = create([good]);
    const spaces = await inline.reword([round(0, 1), round(1, 3), round(2, 1)], {});
    expect(refiner.requests.map(({ expression }) => expression.id)).toEqual(['by-history', 'next-step-by-step']);
    expect(new Set(spaces).size).toBe(1);
    expect([1, 3].map((action) => getTemplate(spaces[0]!, action))).toEqual([good, good]);
    expect(getTemplate(spaces[0]!, 0)).toBe(getTemplate(space, 0));
    expect(inline.calls).toBe(2);
    expect(refiner.requests[0]!.protectedTexts).toContain(tasks[2]!.task.candidates[0]!.title);
    expect(refiner.requests[0]!.protectedTexts).not.toContain(tasks[1]!.task.candidates[0]!.title);
  });

  it('refines for each round by itself where that is asked for', async () => {
    const { refiner, inline } = create(['One GOOD.', 'Two GOOD.'], { scope: 'round' });
    const last = { choice: [0, 0, 1, 0], prompt: '', status: 'invalid', ranking: new Int32Array(0) } as const;
    const spaces = await inline.reword([round(0, 1), { ...round(1, 1), round: 1, last }], {});
    expect(spaces.map((one) => getTemplate(one, 1))).toEqual(['One GOOD.', 'Two GOOD.']);
    expect(refiner.requests.map(({ sampleIndex }) => sampleIndex)).toEqual([0, 1]);
    expect(refiner.requests.map(({ evidence }) => evidence!.facts)).toEqual([
      [],
      ['Of the 1 answers of the round before, 0 could be read whole.'],
    ]);
  });

  it('uses the expression as it is where nothing comes of it, and tells', async () => {
    const told: string[] = [];
    const { inline } = create([rejected, failed], {
      onRefinement: ({ kind }, { pattern, id }) => void told.push(`${kind} ${pattern} ${id}`),
    });
    const [first] = await inline.reword([round(0, 1), round(0, 2)], {});
    expect([1, 2].map((action) => getTemplate(first!, action))).toEqual(
      [1, 2].map((action) => getTemplate(space, action)),
    );
    expect(told).toEqual(['rejected reasoning by-history', 'failed reasoning preferences-only']);
    expect(inline.calls).toBe(3);
  });

  it('asks nothing for an expression that says nothing, and numbers repeated refinements', async () => {
    const { refiner, inline } = create([good], { patterns: ['role', 'reasoning'] });
    await inline.reword([round(0, 1)], {});
    await inline.reword([round(0, 1)], {});
    expect(refiner.requests.map(({ expression, sampleIndex }) => `${expression.id} ${sampleIndex}`)).toEqual([
      'by-history 0',
      'by-history 1',
    ]);
  });

  it('goes on from what it saved, and asks for the same where a step is taken again', async () => {
    const { refiner, inline } = create([good]);
    await inline.reword([round(0, 1)], {});
    const resumed = create([good]);
    resumed.inline.load(JSON.parse(JSON.stringify(inline.save())));
    expect(resumed.inline.calls).toBe(1);
    await resumed.inline.reword([round(0, 1)], {});
    expect(resumed.refiner.requests[0]!.sampleIndex).toBe(1);
    const { refine } = refiner;
    refiner.refine = () => Promise.reject(new Error('stop'));
    await expect(inline.reword([round(0, 1)], {})).rejects.toThrow('stop');
    refiner.refine = refine;
    await inline.reword([round(0, 1)], {});
    expect(refiner.requests.at(-1)!.sampleIndex).toBe(1);
  });

  it('changes the prompts of an environment', async () => {
    const { inline } = create([good]);
    const environment = createEnvironment(createMarkedModel({ GOOD: 1, BAD: 0, other: 0 }), { reword: inline.reword });
    await environment.reset({ seed: 1 });
    const actions = environment.agents.map((agent) => [agent, new Int32Array(environment.batchSize)] as const);
    const { rewards } = await environment.step(Object.fromEntries(actions));
    expect(new Set(rewards)).toEqual(new Set([1]));
    expect(environment.space).toBe(space);
  });

  it('refuses a pattern that the space has not', () => {
    expect(() => create([good], { patterns: ['tone'] })).toThrow('Expected patterns to be among role');
  });
});
