import { describe, expect, it } from 'vitest';
import { defaultPatterns } from './default-patterns.ts';
import { movies } from './domains.ts';
import { computeJointActionCount, decodeJointAction, encodeJointAction, listJointActions } from './joint-action.ts';
import { createPatternSpace } from './pattern-space.ts';

const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });

describe('joint actions', () => {
  it('number 6 x 5 x 9 x 5 = 1350 and decode to distinct choices that encode back', () => {
    expect(computeJointActionCount(space)).toBe(1350);
    const seen = new Set<string>();
    for (let index = 0; index < 1350; index++) {
      const choice = decodeJointAction(space, index);
      expect(encodeJointAction(space, choice)).toBe(index);
      seen.add(choice.join());
    }
    expect(seen.size).toBe(1350);
    expect(decodeJointAction(space, 6)).toEqual([0, 0, 1, 1]);
  });

  it('are listed in the order of their numbers', () => {
    const listed = [...listJointActions(space)];
    expect(listed).toHaveLength(1350);
    expect(listed.slice(0, 2)).toEqual([
      [0, 0, 0, 0],
      [0, 0, 0, 1],
    ]);
    expect(listed.every((choice, index) => encodeJointAction(space, choice) === index)).toBe(true);
  });

  it.each([1350, -1, 0.5, Number.NaN])('refuse the number %d', (index) => {
    expect(() => decodeJointAction(space, index)).toThrow(
      `Expected index to be an integer in [0, 1350), received ${index}`,
    );
  });

  it('refuse choices outside the space', () => {
    expect(() => encodeJointAction(space, [0, 0, 0])).toThrow('4 indices');
    expect(() => encodeJointAction(space, [0, 5, 0, 0])).toThrow('choice of pattern history');
    for (const action of [-1, 0.5, Number.NaN, 'length', '1', undefined]) {
      expect(() => encodeJointAction(space, [0, action as number, 0, 0])).toThrow('an integer in [0, 5)');
    }
  });
});
