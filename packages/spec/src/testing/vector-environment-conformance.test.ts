import { describe, expect, it } from 'vitest';
import { createRandomStream } from '../random-stream.ts';
import { InvalidArgumentError, RppError } from '../rpp-error.ts';
import type { JointActions, VectorEnvironment, VectorStep } from '../vector-environment.ts';
import { describeVectorEnvironment } from './describe-vector-environment.ts';
import { vectorEnvironmentChecks } from './vector-environment-checks.ts';

/**
 * Three rows, two agents. Row r ends after r + 1 steps. The observation holds a seeded number and the round; action 0 of
 * `role` is never legal. Reward: 1 where the agents chose the same index.
 */
class CountdownEnvironment implements VectorEnvironment {
  readonly batchSize = 3;
  readonly agents = ['role', 'format'] as const;
  readonly observationSize = 3;
  readonly observationLayout = [
    { name: 'luck', offset: 1, shape: [2, 1] },
    { name: 'round', offset: 0, shape: [1] },
  ];
  readonly stateSize = 0;
  readonly actionCounts = { role: 3, format: 2 };
  #round = 3;
  #luck = 0;

  async reset({ seed }: { readonly seed: number }): Promise<VectorStep> {
    this.#round = 0;
    this.#luck = createRandomStream(seed).uniform();
    return this.#createStep(() => 0, true);
  }

  async step(actions: JointActions): Promise<VectorStep> {
    if (this.#round >= 3) throw new RppError('EPISODE_OVER', 'Expected an active row, received none. Call reset.');
    for (const agent of this.agents) {
      const chosen = actions[agent];
      if (chosen?.length !== 3) throw new InvalidArgumentError(`actions.${agent}`, 'Int32Array of length 3', chosen);
      for (let row = this.#round; row < 3; row++) {
        const action = chosen[row]!;
        const legal = action >= (agent === 'role' ? 1 : 0) && action < this.actionCounts[agent];
        if (!legal) throw new InvalidArgumentError(`actions.${agent}[${row}]`, 'a legal action', action);
      }
    }
    this.#round++;
    return this.#createStep((row) => (actions.role![row] === actions.format![row] ? 1 : 0), false);
  }

  #createStep(computeReward: (row: number) => number, reset: boolean): VectorStep {
    const round = this.#round;
    const active = Uint8Array.from([0, 1, 2], (row) => (row + 1 >= round ? 1 : 0));
    return {
      observations: Float32Array.from([0, 1, 2].flatMap((row) => [round, this.#luck, row])),
      state: new Float32Array(0),
      rewards: Float32Array.from([0, 1, 2], (row) => active[row]! * computeReward(row)),
      terminated: Uint8Array.from([0, 1, 2], (row) => (row + 1 === round ? 1 : 0)),
      truncated: new Uint8Array(3),
      active,
      learnable: active.slice(),
      actionMasks: { role: Uint8Array.from([0, 1, 1, 0, 1, 1, 0, 1, 1]) },
      infos: reset
        ? [undefined, undefined, undefined]
        : [...active].map((flag) => (flag === 1 ? { round } : undefined)),
    };
  }
}

describeVectorEnvironment({
  name: 'a countdown that follows the contract',
  create: async () => ({ environment: new CountdownEnvironment() }),
});

describe('vector environment checks fail for', () => {
  type Change = (step: VectorStep, round: number) => Partial<VectorStep>;

  const run = async (name: string, create: () => VectorEnvironment): Promise<void> => {
    const check = vectorEnvironmentChecks.find((candidate) => candidate.name.includes(name))!;
    await check.run({ create: async () => create() });
  };

  /** The countdown with other declarations or altered steps. */
  const createBroken = (declared: object, change: Change = () => ({})): VectorEnvironment => {
    const inner = new CountdownEnvironment();
    let round = 0;
    return {
      batchSize: 3,
      agents: inner.agents,
      observationSize: 3,
      observationLayout: inner.observationLayout,
      stateSize: 0,
      actionCounts: inner.actionCounts,
      reset: async (options) => {
        round = 0;
        const step = await inner.reset(options);
        return { ...step, ...change(step, round) };
      },
      step: async (actions) => {
        const step = await inner.step(actions);
        round++;
        return { ...step, ...change(step, round) };
      },
      ...declared,
    };
  };

  it.each([
    [{ agents: ['role', 'role'] }, 'names of agents are distinct'],
    [{ actionCounts: { role: 3 } }, 'actionCounts has one entry an agent'],
    [{ batchSize: 0 }, 'batchSize is an integer >= 1, received 0'],
    [{ stateSize: -1 }, 'stateSize is an integer >= 0, received -1'],
  ])('spaces %o', async (declared, message) => {
    await expect(run('declares its spaces', () => createBroken(declared))).rejects.toThrow(message);
  });

  it.each([
    ['a gap', [{ name: 'a', offset: 1, shape: [2] }], 'offset of block a'],
    [
      'an overlap',
      [
        { name: 'a', offset: 0, shape: [2] },
        { name: 'b', offset: 1, shape: [2] },
      ],
      'offset of block b',
    ],
    ['a rest', [{ name: 'a', offset: 0, shape: [2] }], 'the blocks fill observationSize'],
    [
      'equal names',
      [
        { name: 'a', offset: 0, shape: [2] },
        { name: 'a', offset: 2, shape: [1] },
      ],
      'names of blocks are distinct',
    ],
  ])('a layout with %s', async (_what, observationLayout, message) => {
    await expect(run('layout', () => createBroken({ observationLayout }))).rejects.toThrow(message);
  });

  const brokenSteps: [string, string, Change, string][] = [
    ['short observations', 'resets to', () => ({ observations: new Float32Array(8) }), 'length of observations'],
    [
      'a reward at reset',
      'resets to',
      () => ({ rewards: Float32Array.of(0, 1, 0) }),
      'no reward before the first action',
    ],
    ['an ended row at reset', 'resets to', () => ({ active: Uint8Array.of(1, 0, 1) }), 'no row has ended'],
    ['infos at reset', 'resets to', () => ({ infos: [{}, undefined, undefined] }), 'infos are undefined after reset'],
    [
      'an empty mask',
      'resets to',
      () => ({ actionMasks: { role: Uint8Array.of(1, 1, 1, 0, 0, 0, 1, 1, 1) } }),
      'row 1 of actionMasks.role has a legal action',
    ],
    ['a mask of a stranger', 'resets to', () => ({ actionMasks: { chef: Uint8Array.of(1) } }), 'which is no agent'],
    [
      'a reward that is no number',
      'finite rewards',
      (_, round) => (round === 2 ? { rewards: Float32Array.of(0, 0, Number.NaN) } : {}),
      'rewards[2] is finite, received NaN',
    ],
    [
      'both ends at once',
      'finite rewards',
      (_, round) => (round === 1 ? { truncated: Uint8Array.of(1, 0, 0) } : {}),
      'terminated or truncated, never both',
    ],
    [
      'a row that comes back',
      'inactive',
      (_, round) => (round === 2 ? { active: Uint8Array.of(1, 1, 1) } : {}),
      'active[0] is 0 once the row has ended',
    ],
    [
      'a row that stops unannounced',
      'inactive',
      (_, round) => (round === 1 ? { active: Uint8Array.of(1, 0, 1) } : {}),
      'active[1] is 1 until the row ends',
    ],
    [
      'a learnable row that is inactive',
      'inactive',
      (_, round) => (round === 2 ? { learnable: Uint8Array.of(1, 1, 1) } : {}),
      'learnable[0] of an inactive row',
    ],
    [
      'a reward for an inactive row',
      'inactive',
      (_, round) => (round === 2 ? { rewards: Float32Array.of(1, 1, 1) } : {}),
      'rewards[0] of an inactive row',
    ],
    [
      'an info for an inactive row',
      'inactive',
      (_, round) => (round === 2 ? { infos: [{}, {}, {}] } : {}),
      'infos[0] of an inactive row',
    ],
  ];
  it.each(brokenSteps)('%s', async (_what, check, change, message) => {
    await expect(run(check, () => createBroken({}, change))).rejects.toThrow(message);
  });

  it('an episode without end', async () => {
    const change: Change = () => ({ terminated: new Uint8Array(3) });
    const endless = (): VectorEnvironment => {
      const environment = createBroken({}, change);
      return { ...environment, step: async () => ({ ...(await environment.reset({ seed: 1 })) }) };
    };
    await expect(run('finite rewards', endless)).rejects.toThrow('an episode ends within 1000 steps');
  });

  it('randomness from elsewhere', async () => {
    let calls = 0;
    const drift: Change = () => ({ observations: new Float32Array(9).fill(calls++) });
    await expect(run('resets twice', () => createBroken({}, drift))).rejects.toThrow(
      'the seed determines what reset returns',
    );
    await expect(run('equal episodes', () => createBroken({}, drift))).rejects.toThrow(
      'seed and actions determine every step',
    );
  });

  it('arrays that are used again', async () => {
    const shared = new Float32Array(9);
    const reuse: Change = (step) => {
      shared.set(step.observations);
      return { observations: shared };
    };
    await expect(run('later steps leave alone', () => createBroken({}, reuse))).rejects.toThrow(
      'arrays are the caller’s to keep',
    );
  });

  it('a step that takes anything', async () => {
    const lenient = (): VectorEnvironment => {
      const environment = createBroken({});
      const legal = { role: Int32Array.of(1, 1, 1), format: Int32Array.of(0, 0, 0) };
      return {
        ...environment,
        step: () => environment.step(legal).catch(() => environment.reset({ seed: 1 })),
      };
    };
    await expect(run('no row can act', lenient)).rejects.toThrow(
      'A step before reset must throw or reject, but it succeeded',
    );
    await expect(run('mis-shaped', lenient)).rejects.toThrow(
      'A step without actions must throw or reject, but it succeeded',
    );
  });

  it('a step that ignores masks or throws foreign errors', async () => {
    const unmasked = (): VectorEnvironment => {
      const environment = createBroken({});
      const lift = (actions: JointActions): JointActions =>
        actions.role?.[0] === 0 ? { ...actions, role: actions.role.with(0, 1) } : actions;
      return { ...environment, step: (actions) => environment.step(lift(actions)) };
    };
    await expect(run('mis-shaped', unmasked)).rejects.toThrow('Masked action 0 of role must throw or reject');
    const foreign = (): VectorEnvironment => ({ ...createBroken({}), step: () => Promise.reject(new Error('no')) });
    await expect(run('mis-shaped', foreign)).rejects.toThrow('must throw an RppError, received Error: no');
  });
});
