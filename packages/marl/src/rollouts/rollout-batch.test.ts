import { InvalidArgumentError, type Rollout, type RolloutStep } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { flattenRollout } from './rollout-batch.ts';

const space = { agents: ['role'], observationSize: 2, stateSize: 1, actionCounts: { role: 2 } };

/** Two rows: the first runs on through both steps, the second carries no reward in either. */
function createStep(changed: Partial<RolloutStep> = {}): RolloutStep {
  return {
    observations: Float32Array.of(1, 2, Number.NaN, Number.NaN),
    state: Float32Array.of(1, Number.NaN),
    actions: { role: Int32Array.of(1, -1) },
    logProbabilities: { role: new Float32Array(2) },
    rewards: Float32Array.of(1, Number.NaN),
    terminated: new Uint8Array(2),
    truncated: new Uint8Array(2),
    active: Uint8Array.of(1, 1),
    learnable: Uint8Array.of(1, 0),
    ...changed,
  };
}

const createRollout = (first: Partial<RolloutStep>, second: Partial<RolloutStep>, finalState = 3): Rollout => ({
  batchSize: 2,
  steps: [createStep(first), createStep(second)],
  finalObservations: new Float32Array(4),
  finalState: Float32Array.of(finalState, Number.NaN),
});
const flatten = (first: Partial<RolloutStep>, second: Partial<RolloutStep> = {}, finalState?: number) =>
  flattenRollout(createRollout(first, second, finalState), space);

describe('flattenRollout', () => {
  it('does not look at what unusable rows hold', () => {
    expect([...flatten({ actionMasks: { role: Uint8Array.of(1, 1, 7, 0) } }).usable]).toEqual([1, 0, 1, 0]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('refuses %s in a usable row', (bad) => {
    expect(() => flatten({ observations: Float32Array.of(1, bad, 1, 1) })).toThrow(/observation of row 0 to be finite/);
    expect(() => flatten({ state: Float32Array.of(bad, 1) })).toThrow(/state of row 0 to be finite/);
    expect(() => flatten({}, { rewards: Float32Array.of(bad, 1) })).toThrow(/reward of row 2 to be finite/);
    expect(() => flatten({}, {}, bad)).toThrow(InvalidArgumentError);
  });

  it('asks for a finite next state only where it is bootstrapped from', () => {
    expect(() => flatten({}, {}, Number.NaN)).toThrow(/next state of row 2 to be finite/);
    expect(() => flatten({}, { truncated: Uint8Array.of(1, 0) }, Number.NaN)).toThrow(/next state of row 2/);
    expect(() => flatten({}, { terminated: Uint8Array.of(1, 0) }, Number.NaN)).not.toThrow();
    // The next step of row 0 carries no reward, yet row 0 bootstraps from its state.
    const failed = { state: Float32Array.of(Number.NaN, 0), learnable: Uint8Array.of(0, 0) };
    expect(() => flatten({}, failed)).toThrow(/next state of row 0/);
    expect(() => flatten({ terminated: Uint8Array.of(1, 0) }, failed)).not.toThrow();
  });

  it('refuses masks that hold anything but 0 and 1, and masks of an agent that does not exist', () => {
    expect(() => flatten({ actionMasks: { role: Uint8Array.of(0, 255, 1, 1) } })).toThrow(
      /mask of role in row 0 to be 0 or 1, received 255/,
    );
    expect(() => flatten({}, { actionMasks: { rolle: Uint8Array.of(1, 1, 1, 1) } })).toThrow(
      /steps\[1\]\.actionMasks to be named after the agents role, received "rolle"/,
    );
  });
});
