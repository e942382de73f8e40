import { describe, expect, it } from 'vitest';
import { createPromptLog } from './prompt-log.ts';
import { createFactoredTarget, createJointTarget } from './prompt-target.ts';
import { computeUnsupportedMass } from './support.ts';
import { actionCounts, createExactLog, logPrompt, target } from './two-slots.fixture.ts';

describe('computeUnsupportedMass', () => {
  it('is 0 where the logging policy can do all that the target does', () => {
    expect([
      ...computeUnsupportedMass(
        createExactLog(() => 1),
        target,
      ),
    ]).toEqual([0, 0]);
  });

  it('is the mass on expressions that no row shows', () => {
    const log = createPromptLog([logPrompt([0, 0], 1), logPrompt([1, 1], 0)], { actionCounts });
    const [first, second] = computeUnsupportedMass(log, target);
    expect(first).toBe(0);
    expect(second).toBeCloseTo(0.3, 12);
  });

  it('is the mass on illegal expressions', () => {
    const masks = [Uint8Array.of(1, 1), Uint8Array.of(1, 1, 0)];
    const log = createPromptLog(
      [logPrompt([0, 0], 1, { masks }), logPrompt([1, 1], 0, { masks }), logPrompt([1, 2], 0), logPrompt([0, 0], 0)],
      { actionCounts },
    );
    // .3 in two of four rows.
    expect(computeUnsupportedMass(log, target)[1]).toBeCloseTo(0.15, 12);
  });

  it('sees expressions that are missing in some contexts only', () => {
    // Context 0 always chose the first expression, context 1 the second; the target always the first.
    const rows = Array.from({ length: 40 }, (_, row) => ({
      context: row % 2,
      choice: [row % 2, row % 3],
      logProbabilities: [0, Math.log(1 / 3)],
      reward: 1,
    }));
    const first = createFactoredTarget({
      actionCounts,
      computeMarginals: () => [
        [1, 0],
        [1 / 3, 1 / 3, 1 / 3],
      ],
    });
    const masses = computeUnsupportedMass(createPromptLog(rows, { actionCounts }), first);
    expect(masses[0]).toBeCloseTo(0.5, 12);
    expect(masses[1]).toBe(0);
  });

  it('weighs whole prompts where slots were drawn together', () => {
    // Slots agree, each (0, 0) and (1, 1) with probability 1/2 (1/2 and 1 reported); the target never lets them agree.
    const rows = Array.from({ length: 40 }, (_, row) => ({
      context: 0,
      choice: [row % 2, row % 2],
      logProbabilities: [Math.log(0.5), 0],
      reward: 1,
    }));
    const apart = createJointTarget({ actionCounts, computeJoint: () => [0, 0.5, 0, 0.5, 0, 0] });
    const log = createPromptLog(rows, { actionCounts, independentSlots: false });
    expect([...computeUnsupportedMass(log, apart)]).toEqual([1, 1]);
  });
});
