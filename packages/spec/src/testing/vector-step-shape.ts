import { expect } from 'vitest';
import type { VectorEnvironment, VectorStep } from '../vector-environment.ts';
import { assertFinite, assertShape } from './declared-spaces.ts';

/** Checks shapes, ranges and masks of one step. */
export function assertVectorStep(environment: VectorEnvironment, step: VectorStep): void {
  const { batchSize, observationSize, stateSize } = environment;
  assertShape('observations', step.observations, Float32Array, batchSize * observationSize);
  assertShape('state', step.state, Float32Array, batchSize * stateSize);
  assertShape('rewards', step.rewards, Float32Array, batchSize);
  assertFinite('observations', step.observations);
  assertFinite('state', step.state);
  assertFinite('rewards', step.rewards);
  for (const name of ['terminated', 'truncated', 'active', 'learnable'] as const)
    assertFlags(name, step[name], batchSize);
  for (let row = 0; row < batchSize; row++) {
    const both = step.terminated[row] === 1 && step.truncated[row] === 1;
    expect(both, `row ${row} is terminated or truncated, never both`).toBe(false);
  }
  expect(step.infos.length, 'infos has one entry a row').toBe(batchSize);
  if (step.actionMasks !== undefined) assertMasks(environment, step.actionMasks);
}

function assertMasks(environment: VectorEnvironment, masks: NonNullable<VectorStep['actionMasks']>): void {
  for (const [agent, mask] of Object.entries(masks)) {
    const count = environment.actionCounts[agent];
    if (count === undefined) expect.fail(`actionMasks names ${agent}, which is no agent`);
    assertFlags(`actionMasks.${agent}`, mask, environment.batchSize * (count as number));
    for (let row = 0; row < environment.batchSize; row++) {
      const legal = mask.subarray(row * (count as number), (row + 1) * (count as number)).includes(1);
      expect(legal, `row ${row} of actionMasks.${agent} has a legal action`).toBe(true);
    }
  }
}

function assertFlags(name: string, values: Uint8Array, length: number): void {
  assertShape(name, values, Uint8Array, length);
  expect(
    values.every((value) => value === 0 || value === 1),
    `${name} holds 0 and 1 only`,
  ).toBe(true);
}
