import { describe, expect, it } from 'vitest';
import type { LoggedPrompt } from './logged-prompt.ts';
import { createPromptLog } from './prompt-log.ts';
import { actionCounts, logPrompt } from './two-slots.fixture.ts';

const create = (...rows: LoggedPrompt[]) => createPromptLog(rows, { actionCounts });
const good = logPrompt([0, 0], 1);
const better = logPrompt([1, 2], 0.5, { context: 7 });

describe('createPromptLog', () => {
  it('puts rows into columns', () => {
    const log = create(good, better);
    expect(log.rows).toBe(2);
    expect([...log.contexts]).toEqual([0, 7]);
    expect([...log.choices]).toEqual([0, 0, 1, 2]);
    // 1 * 3 + 2, the last slot varying fastest.
    expect([...log.jointActions]).toEqual([0, 5]);
    [0.5, 0.5, 0.5, 0.25].forEach((propensity, index) => {
      expect(log.propensities[index]).toBeCloseTo(propensity, 14);
    });
    expect([...log.rewards]).toEqual([1, 0.5]);
    expect(log.independentSlots).toBe(true);
  });

  it('leaves failed calls out and counts them', () => {
    const log = create(good, logPrompt([0, 1], Number.NaN), better);
    expect(log.rows).toBe(2);
    expect(log.failed).toBe(1);
    expect([...log.choices]).toEqual([0, 0, 1, 2]);
  });

  it('numbers groups; a row without one is alone', () => {
    const inGroup = (group?: string | number) => logPrompt([0, 0], 1, group === undefined ? {} : { group });
    const log = create(inGroup('ada'), inGroup(), inGroup(1), inGroup('ada'), inGroup('1'), inGroup());
    expect([...log.groups]).toEqual([0, 1, 2, 0, 3, 4]);
    expect(log.groupCount).toBe(5);
  });

  it('takes a softmax that gave a little more than 1', () => {
    expect(create(good, logPrompt([0, 0], 1, { logProbabilities: [1e-7, 0] })).propensities[2]).toBe(1);
  });

  it('refuses later rounds with the reason', () => {
    expect(() => create(good, logPrompt([0, 0], 1, { round: 1 }))).toThrow(
      'Expected rows[1].round to be 0, received 1. Only one-step logs can be evaluated',
    );
  });

  it.each([
    [{ context: -1 }, 'rows[1].context'],
    [{ context: 0.5 }, 'rows[1].context'],
    [{ context: 2 ** 31 }, 'rows[1].context'],
    [{ choice: [0] }, 'rows[1].choice to be 2 indices'],
    [{ choice: [0, 3] }, 'rows[1].choice[1] to be an integer in [0, 3)'],
    [{ choice: [-1, 0] }, 'rows[1].choice[0]'],
    [{ choice: [0.5, 0] }, 'rows[1].choice[0]'],
    [{ logProbabilities: [0] }, 'rows[1].logProbabilities to be 2 numbers'],
    [{ logProbabilities: [0, Number.NEGATIVE_INFINITY] }, 'rows[1].logProbabilities[1]'],
    [{ logProbabilities: [0.5, 0] }, 'rows[1].logProbabilities[0]'],
    [{ logProbabilities: [Number.NaN, 0] }, 'rows[1].logProbabilities[0]'],
    [{ logProbabilities: undefined as never }, 'rows[1].logProbabilities'],
    [{ reward: Number.POSITIVE_INFINITY }, 'rows[1].reward'],
    // What JSON makes of NaN, a failed call.
    [{ reward: null as never }, 'rows[1].reward'],
    [{ reward: undefined as never }, 'rows[1].reward'],
    [{ masks: [Uint8Array.of(1, 1)] }, 'masks of rows[1].choice[1]'],
    [{ masks: [Uint8Array.of(1, 1), Uint8Array.of(0, 1, 1)] }, 'legal under its mask'],
  ] as readonly (readonly [Partial<LoggedPrompt>, string])[])('refuses %o', (change, message) => {
    expect(() => create(good, logPrompt([0, 0], 1, change))).toThrow(message);
  });

  it('refuses wrong slots and too few groups', () => {
    expect(() => createPromptLog([good, better], { actionCounts: [] })).toThrow('actionCounts');
    expect(() => createPromptLog([good, better], { actionCounts: [2, 0] })).toThrow('actionCounts');
    expect(() => create(good, logPrompt([0, 0], Number.NaN))).toThrow('at least two groups with a reward');
    expect(() => create(logPrompt([0, 0], 1, { group: 1 }), logPrompt([0, 0], 1, { group: 1 }))).toThrow('two groups');
  });
});
