import { expect } from 'vitest';
import type { JointActions, VectorEnvironment, VectorStep } from '../vector-environment.ts';
import type { ConformanceCheck } from './conformance-check.ts';
import { assertCount, assertDeclaredSpaces } from './declared-spaces.ts';
import { expectRppError } from './expected-error.ts';
import { chooseFirstLegal, copyStep, markEnded, runEpisode } from './first-legal-episode.ts';
import { assertVectorStep } from './vector-step-shape.ts';

/** Makes environments that differ in nothing. */
export interface VectorEnvironmentSubject {
  create(): Promise<VectorEnvironment>;
}

const seed = 7;

/** The contract of `VectorEnvironment`. */
export const vectorEnvironmentChecks: readonly ConformanceCheck<VectorEnvironmentSubject>[] = [
  {
    name: 'declares its spaces',
    async run({ create }) {
      const environment = await create();
      assertDeclaredSpaces(environment);
      assertCount('batchSize', environment.batchSize, 1);
      assertCount('stateSize', environment.stateSize, 0);
    },
  },
  {
    name: 'has a layout that covers the observation exactly',
    async run({ create }) {
      const { observationLayout, observationSize } = await create();
      let next = 0;
      for (const block of [...observationLayout].sort((a, b) => a.offset - b.offset)) {
        const length = block.shape.reduce((product, size) => product * size, 1);
        assertCount(`length of block ${block.name}`, length, 1);
        expect(block.offset, `offset of block ${block.name}: no gap, no overlap`).toBe(next);
        next += length;
      }
      expect(next, 'the blocks fill observationSize').toBe(observationSize);
      const names = observationLayout.map(({ name }) => name);
      expect(new Set(names).size, 'names of blocks are distinct').toBe(names.length);
    },
  },
  {
    name: 'resets to a step of the declared shapes in which every row can act',
    async run({ create }) {
      const environment = await create();
      const step = await environment.reset({ seed });
      assertVectorStep(environment, step);
      expect([...step.rewards], 'there is no reward before the first action').toEqual(
        Array(environment.batchSize).fill(0),
      );
      expect([...step.active], 'no row has ended').toEqual(Array(environment.batchSize).fill(1));
      expect([...step.terminated, ...step.truncated], 'no row has ended').not.toContain(1);
      expect(
        step.infos.every((info) => info === undefined),
        'infos are undefined after reset',
      ).toBe(true);
    },
  },
  {
    name: 'resets twice to the same step for the same seed',
    async run({ create }) {
      const environment = await create();
      const first = copyStep(await environment.reset({ seed }));
      expect(copyStep(await environment.reset({ seed })), 'the seed determines what reset returns').toEqual(first);
    },
  },
  {
    name: 'gives equal episodes for equal seeds and actions',
    async run({ create }) {
      const first = await runEpisode(await create(), seed);
      const second = await runEpisode(await create(), seed);
      expect(second.map(copyStep), 'seed and actions determine every step').toEqual(first.map(copyStep));
    },
  },
  {
    name: 'keeps shapes and finite rewards until every row has ended',
    async run({ create }) {
      const environment = await create();
      for (const step of await runEpisode(environment, seed)) assertVectorStep(environment, step);
    },
  },
  {
    name: 'keeps ended rows inactive, without reward, and ignores their actions',
    async run({ create }) {
      const environment = await create();
      const ended = new Uint8Array(environment.batchSize);
      for (const step of (await runEpisode(environment, seed)).slice(1)) {
        for (let row = 0; row < environment.batchSize; row++) {
          expect(
            step.active[row],
            `active[${row}] is ${ended[row] === 1 ? '0 once the row has ended' : '1 until the row ends'}`,
          ).toBe(1 - ended[row]!);
          if (ended[row] === 0) continue;
          expect(step.learnable[row], `learnable[${row}] of an inactive row`).toBe(0);
          expect(step.rewards[row], `rewards[${row}] of an inactive row`).toBe(0);
          expect(step.infos[row], `infos[${row}] of an inactive row`).toBeUndefined();
        }
        markEnded(ended, step);
      }
    },
  },
  {
    name: 'returns arrays that later steps leave alone',
    async run({ create }) {
      const environment = await create();
      const reset = await environment.reset({ seed });
      const kept = copyStep(reset);
      await environment.step(chooseFirstLegal(environment, reset));
      expect(copyStep(reset), 'arrays are the caller’s to keep').toEqual(kept);
    },
  },
  {
    name: 'rejects a step when no row can act: before reset and after the end',
    async run({ create }) {
      const environment = await create();
      const actions = Object.fromEntries(
        environment.agents.map((agent) => [agent, new Int32Array(environment.batchSize)]),
      );
      await expectRppError('A step before reset', () => environment.step(actions));
      await runEpisode(environment, seed);
      await expectRppError('A step after every row has ended', () => environment.step(actions));
      assertVectorStep(environment, await environment.reset({ seed }));
    },
  },
  {
    name: 'rejects actions that are missing, mis-shaped, out of range or masked, and goes on after that',
    async run({ create }) {
      const environment = await create();
      const step = await environment.reset({ seed });
      const legal = chooseFirstLegal(environment, step);
      for (const [what, actions] of listIllegalActions(environment, step, legal)) {
        await expectRppError(what, () => environment.step(actions));
      }
      assertVectorStep(environment, await environment.step(legal));
    },
  },
];

function listIllegalActions(
  environment: VectorEnvironment,
  step: VectorStep,
  legal: JointActions,
): [string, JointActions][] {
  const illegal: [string, JointActions][] = [['A step without actions', {}]];
  for (const agent of environment.agents) {
    const change = (value: number): JointActions => ({ ...legal, [agent]: legal[agent]!.with(0, value) });
    illegal.push(
      [
        `A step with one action too many for ${agent}`,
        { ...legal, [agent]: new Int32Array(environment.batchSize + 1) },
      ],
      [`Action -1 of ${agent}`, change(-1)],
      [`Action ${environment.actionCounts[agent]} of ${agent}`, change(environment.actionCounts[agent]!)],
    );
    const masked = step.actionMasks?.[agent]?.subarray(0, environment.actionCounts[agent]).indexOf(0) ?? -1;
    if (masked >= 0) illegal.push([`Masked action ${masked} of ${agent}`, change(masked)]);
  }
  return illegal;
}
