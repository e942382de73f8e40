import { describe, expect, it } from 'vitest';
import { computeActionMasks, legalizeJointAction } from './action-masks.ts';
import { composePrompt } from './compose-prompt.ts';
import { createPatterns } from './create-patterns.ts';
import { movies } from './domains.ts';
import { freezePatterns } from './freeze-patterns.ts';
import { computeJointActionCount } from './joint-action.ts';
import { createPatternSpace } from './pattern-space.ts';

const space = createPatternSpace({ domain: movies, patterns: createPatterns() });
const task = {
  id: 'now',
  user: 'ada',
  history: ['Alien', 'Heat', 'Fargo'].map((title, index) => ({ item: { id: `h${index}`, title } })),
  candidates: [
    { id: '1', title: 'Blade Runner' },
    { id: '2', title: 'Casino' },
  ],
};

describe('freezePatterns', () => {
  it('leaves the chosen expression of frozen patterns alone, and the others as they are', () => {
    const frozen = freezePatterns(space, [3, 4, 2, 1], ['format', 'role']);
    expect(frozen.patterns.map(({ expressions }) => expressions.length)).toEqual([1, 5, 9, 1]);
    expect(computeJointActionCount(frozen)).toBe(45);
    const text = composePrompt(frozen, [0, 1, 2, 0], task).text;
    expect(text).toBe(composePrompt(space, [3, 1, 2, 1], task).text);
    expect(freezePatterns(space, [3, 4, 2, 1], [])).toEqual(space);
  });

  it('shows a user whose history is shorter than the frozen window all of it', () => {
    const frozen = freezePatterns(space, [0, 4, 0, 0], ['history']);
    expect(frozen.patterns[1]!.expressions.map(({ window }) => window)).toEqual([40]);
    expect([...computeActionMasks(frozen, task)[1]!]).toEqual([1]);
    expect(legalizeJointAction(frozen, [0, 0, 0, 0], task)).toEqual([0, 0, 0, 0]);
    const { text } = composePrompt(frozen, [0, 0, 0, 0], task);
    for (const { item } of task.history) expect(text).toContain(item.title);
    expect(composePrompt(frozen, [0, 0, 0, 0], { ...task, history: [] }).text).toContain('Blade Runner');
  });

  it('refuses patterns that the space does not have, and choices outside it', () => {
    expect(() => freezePatterns(space, [0, 0, 0, 0], ['tone'])).toThrow('role, history, reasoning, format');
    expect(() => freezePatterns(space, [0, 9, 0, 0], ['role'])).toThrow('choice of pattern history');
  });
});
