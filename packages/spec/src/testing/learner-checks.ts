import { expect } from 'vitest';
import type { Learner, PolicyActions, UpdateMetrics } from '../learner.ts';
import { createRandomStream } from '../random-stream.ts';
import type { ConformanceCheck } from './conformance-check.ts';
import { assertCount, assertDeclaredSpaces, assertFinite, assertShape } from './declared-spaces.ts';
import { createExampleRollout, sampleMasks, sampleObservations, spoilRows } from './example-rollout.ts';
import { expectRppError } from './expected-error.ts';

/** A learner and the length of the central state that its critic reads. */
export interface LearnerSubject {
  readonly learner: Learner;
  readonly stateSize: number;
  /** Steps of the rollouts that it is shown; default 2. */
  readonly steps?: number;
  /** Another learner with the weights that `learner` was created with; disposed of by whoever made the subject. */
  readonly createTwin: () => Promise<Learner>;
  /** Disposes of the learner once, however often it is called. */
  readonly dispose: () => void;
}

const batch = 5;
const draws = 200;

/** The contract of `Learner`. */
export const learnerChecks: readonly ConformanceCheck<LearnerSubject>[] = [
  {
    name: 'declares its spaces and its name',
    async run({ learner, stateSize }) {
      assertDeclaredSpaces(learner);
      assertCount('stateSize', stateSize, 0);
      expect(learner.name, 'name is shown in tables').toMatch(/\S/);
    },
  },
  {
    name: 'acts with one action and log-probability a row, for any batch size',
    async run({ learner }) {
      const random = createRandomStream('act');
      for (const rows of [1, batch, 2]) {
        for (const deterministic of [true, false]) {
          assertActions(
            learner,
            rows,
            learner.act(sampleObservations(learner, rows, random), { deterministic, random }),
          );
        }
      }
    },
  },
  {
    name: 'never takes a masked action',
    async run({ learner }) {
      const random = createRandomStream('masks');
      const observations = sampleObservations(learner, batch, random);
      for (let draw = 0; draw < draws; draw++) {
        const masks = sampleMasks(learner, batch, random);
        const chosen = learner.act(observations, { deterministic: draw % 4 === 0, random, masks });
        assertActions(learner, batch, chosen);
        for (const agent of learner.agents) {
          for (let row = 0; row < batch; row++) {
            const action = chosen.actions[agent]![row]!;
            const legal = masks[agent]![row * learner.actionCounts[agent]! + action];
            expect(legal, `action ${action} of ${agent} in row ${row} is legal`).toBe(1);
          }
        }
      }
    },
  },
  {
    name: 'acts alike twice: always when deterministic, for equal streams when not',
    async run({ learner }) {
      const observations = sampleObservations(learner, batch, createRandomStream('observations'));
      const act = (deterministic: boolean, seed: string): PolicyActions =>
        learner.act(observations, { deterministic, random: createRandomStream(seed) });
      expect(act(true, 'b'), 'a deterministic act does not depend on the stream').toEqual(act(true, 'a'));
      expect(act(false, 'a'), 'the stream is the only source of randomness').toEqual(act(false, 'a'));
    },
  },
  {
    name: 'rejects mis-shaped observations and a row without a legal action',
    async run({ learner }) {
      const random = createRandomStream('shapes');
      const observations = sampleObservations(learner, batch, random);
      const options = { deterministic: true, random };
      const cut = observations.subarray(0, observations.length - 1);
      if (learner.observationSize > 1)
        await expectRppError('An observation cut short', () => learner.act(cut, options));
      const masks = sampleMasks(learner, batch, random);
      masks[learner.agents[0]!]!.fill(0);
      await expectRppError('A mask without a legal action', () => learner.act(observations, { ...options, masks }));
    },
  },
  {
    name: 'learns nothing from rows that are not learnable',
    async run({ learner, stateSize, steps }) {
      const observations = sampleObservations(learner, batch, createRandomStream('before'));
      const act = (): PolicyActions =>
        learner.act(observations, { deterministic: true, random: createRandomStream(0) });
      const before = act();
      await learner.update(
        createExampleRollout({ learner, stateSize, ...(steps !== undefined && { steps }), batch, learnable: 0 }),
      );
      expect(act(), 'an update without learnable rows changes nothing').toEqual(before);
    },
  },
  {
    name: 'learns from the learnable rows of a mixed rollout alone, whatever the others hold',
    async run({ learner, stateSize, steps, createTwin }) {
      const twin = await createTwin();
      const before = sampleBehaviour(learner);
      expect(sampleBehaviour(twin), 'two learners created alike act alike').toEqual(before);
      const rollout = createExampleRollout({
        learner,
        stateSize,
        ...(steps !== undefined && { steps }),
        batch,
        learnable: 1,
      });
      // Twice: what the first update does to a critic shows in the actions after the second.
      for (let update = 1; update <= 2; update++) {
        assertFiniteMetrics(await learner.update(spoilRows(rollout, Number.NaN)));
        await twin.update(spoilRows(rollout, 0));
        const after = sampleBehaviour(learner);
        assertActions(learner, draws, after);
        expect(after, 'NaN in rows that are not learnable does what 0 does there').toEqual(sampleBehaviour(twin));
      }
    },
  },
  {
    name: 'updates on a rollout, reports finite figures and can act afterwards',
    async run({ learner, stateSize, steps }) {
      assertFiniteMetrics(
        await learner.update(
          createExampleRollout({ learner, stateSize, ...(steps !== undefined && { steps }), batch, learnable: 1 }),
        ),
      );
      const random = createRandomStream('after');
      assertActions(
        learner,
        batch,
        learner.act(sampleObservations(learner, batch, random), { deterministic: false, random }),
      );
    },
  },
  {
    name: 'changes its probabilities by an update on learnable rows',
    async run({ learner, stateSize, steps }) {
      const before = sampleBehaviour(learner);
      await learner.update(
        createExampleRollout({ learner, stateSize, ...(steps !== undefined && { steps }), batch, learnable: 1 }),
      );
      expect(sampleBehaviour(learner), 'an update on learnable rows changes something').not.toEqual(before);
    },
  },
  {
    name: 'updates on a rollout that was played under masks',
    async run({ learner, stateSize, steps }) {
      const rollout = createExampleRollout({
        learner,
        stateSize,
        ...(steps !== undefined && { steps }),
        batch,
        learnable: 1,
        masked: true,
      });
      // An illegal action has probability 0, and 0 log 0 is NaN where nobody takes care.
      assertFiniteMetrics(await learner.update(rollout));
      assertActions(learner, draws, sampleBehaviour(learner));
    },
  },
  {
    name: 'widens by one action without changing the probabilities of the others',
    async run({ learner }) {
      const agent = learner.agents[0]!;
      const count = learner.actionCounts[agent]!;
      const before = collectLogProbabilities(learner, agent);
      learner.widen({ agent, parent: 0 });
      expect(learner.actionCounts[agent], 'the child has the next index').toBe(count + 1);
      for (const [action, value] of collectLogProbabilities(learner, agent)) {
        const old = before.get(action);
        if (action === 0 || old === undefined) continue;
        expect(
          Math.abs(value - old),
          `log-probability of action ${action}: ${old} before, ${value} after`,
        ).toBeLessThan(1e-4);
      }
    },
  },
  {
    name: 'throws once disposed',
    async run({ learner, stateSize, steps, dispose }) {
      const random = createRandomStream('disposed');
      const rollout = createExampleRollout({
        learner,
        stateSize,
        ...(steps !== undefined && { steps }),
        batch,
        learnable: 1,
      });
      dispose();
      const observations = sampleObservations(learner, batch, random);
      await expectRppError('act after dispose', () => learner.act(observations, { deterministic: true, random }));
      await expectRppError('update after dispose', () => learner.update(rollout));
      await expectRppError('widen after dispose', () => learner.widen({ agent: learner.agents[0]!, parent: 0 }));
    },
  },
];

function assertActions(learner: Learner, rows: number, { actions, logProbabilities }: PolicyActions): void {
  for (const agent of learner.agents) {
    assertShape(`actions.${agent}`, actions[agent], Int32Array, rows);
    assertShape(`logProbabilities.${agent}`, logProbabilities[agent], Float32Array, rows);
    assertFinite(`logProbabilities.${agent}`, logProbabilities[agent]!);
    const count = learner.actionCounts[agent]!;
    const inSpace = actions[agent]!.every((action) => action >= 0 && action < count);
    expect(inSpace, `actions of ${agent} lie in 0 … ${count - 1}`).toBe(true);
    // Rounding may lift the logarithm of a probability near 1 a little above 0.
    expect(Math.max(...logProbabilities[agent]!), `log-probabilities of ${agent} are at most 0`).toBeLessThan(1e-5);
  }
}

/** Draws for many observations, with their log-probabilities: equal for equal policies, whatever the stream of others. */
function sampleBehaviour(learner: Learner): PolicyActions {
  const random = createRandomStream('behaviour');
  return learner.act(sampleObservations(learner, draws, random), { deterministic: false, random });
}

function assertFiniteMetrics(metrics: UpdateMetrics): void {
  expect(Object.keys(metrics).length, 'an update reports figures').toBeGreaterThan(0);
  for (const [name, value] of Object.entries(metrics)) {
    expect(Number.isFinite(value), `${name} is finite, received ${value}`).toBe(true);
  }
}

/** Log-probability by action on one observation, for the actions that turn up in the draws. */
function collectLogProbabilities(learner: Learner, agent: string): Map<number, number> {
  const observation = sampleObservations(learner, 1, createRandomStream('widen'));
  const random = createRandomStream('widen draws');
  const found = new Map<number, number>();
  for (let draw = 0; draw < draws; draw++) {
    const { actions, logProbabilities } = learner.act(observation, { deterministic: false, random });
    found.set(actions[agent]![0]!, logProbabilities[agent]![0]!);
  }
  return found;
}
