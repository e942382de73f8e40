import { describe, expect, it } from 'vitest';
import type { ActOptions, Learner, PolicyActions, Rollout, UpdateMetrics } from '../learner.ts';
import { RppError } from '../rpp-error.ts';
import { sampleIndex } from '../sampling.ts';
import { describeLearner } from './describe-learner.ts';
import { learnerChecks } from './learner-checks.ts';

/** One row of logits for each agent, the same for all observations; a policy-gradient step without a baseline. */
class TableLearner implements Learner {
  readonly name: string = 'table';
  readonly agents: readonly string[] = ['role', 'format'];
  readonly observationSize: number = 2;
  readonly #logits = new Map([
    ['role', [0, 0.5, -1]],
    ['format', [1, 0]],
  ]);
  #disposed = false;

  get actionCounts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#logits].map(([agent, logits]) => [agent, logits.length]));
  }

  act(observations: Float32Array, { deterministic, random, masks }: ActOptions): PolicyActions {
    this.assertLive();
    if (observations.length % 2 !== 0) throw new RppError('SHAPE', 'Expected whole rows.');
    const actions: Record<string, Int32Array> = {};
    const logProbabilities: Record<string, Float32Array> = {};
    for (const [agent, logits] of this.#logits) {
      const rows = observations.length / 2;
      actions[agent] = new Int32Array(rows);
      logProbabilities[agent] = new Float32Array(rows);
      for (let row = 0; row < rows; row++) {
        const weights = logits.map((logit, action) =>
          masks?.[agent]?.[row * logits.length + action] === 0 ? 0 : Math.exp(logit),
        );
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        if (total === 0) throw new RppError('EMPTY_MASK', 'Expected a legal action.');
        const action = deterministic ? weights.indexOf(Math.max(...weights)) : sampleIndex(random, weights);
        actions[agent]![row] = action;
        logProbabilities[agent]![row] = Math.log(weights[action]! / total);
      }
    }
    return { actions, logProbabilities };
  }

  async update(rollout: Rollout): Promise<UpdateMetrics> {
    this.assertLive();
    let total = 0;
    for (const { actions, rewards, learnable } of rollout.steps) {
      for (let row = 0; row < rollout.batchSize; row++) {
        if (learnable[row] === 0) continue;
        for (const [agent, logits] of this.#logits) logits[actions[agent]![row]!]! += 0.1 * rewards[row]!;
        total += rewards[row]!;
      }
    }
    return { 'train/total_reward': total };
  }

  widen({ agent, parent }: { readonly agent: string; readonly parent: number }): void {
    this.assertLive();
    const logits = this.#logits.get(agent)!;
    logits[parent]! -= Math.LN2;
    logits.push(logits[parent]!);
  }

  dispose(): void {
    if (this.#disposed) throw new RppError('DISPOSED', 'Expected one call of dispose.');
    this.#disposed = true;
  }

  protected assertLive(): void {
    if (this.#disposed) throw new RppError('DISPOSED', 'Expected a live learner.');
  }
}

describeLearner({
  name: 'a table that follows the contract',
  stateSize: 3,
  create: async () => ({ learner: new TableLearner() }),
});

describe('learner checks fail for', () => {
  const run = async (name: string, learner: Learner): Promise<void> => {
    const check = learnerChecks.find((candidate) => candidate.name.includes(name))!;
    const createTwin = async (): Promise<Learner> => new (learner.constructor as new () => Learner)();
    await check.run({ learner, stateSize: 3, createTwin, dispose: () => learner.dispose() });
  };

  it('an empty name', async () => {
    class Nameless extends TableLearner {
      override readonly name = '';
    }
    await expect(run('declares', new Nameless())).rejects.toThrow('name is shown in tables');
  });

  it('actions outside the space and log-probabilities above 0', async () => {
    class Outside extends TableLearner {
      override act(observations: Float32Array, options: ActOptions): PolicyActions {
        const chosen = super.act(observations, options);
        return { ...chosen, actions: { ...chosen.actions, format: chosen.actions.format!.fill(2) } };
      }
    }
    await expect(run('one action', new Outside())).rejects.toThrow('actions of format lie in 0 … 1');
    class Probable extends TableLearner {
      override act(observations: Float32Array, options: ActOptions): PolicyActions {
        const chosen = super.act(observations, options);
        for (const values of Object.values(chosen.logProbabilities)) values.set(values.map(Math.exp));
        return chosen;
      }
    }
    await expect(run('one action', new Probable())).rejects.toThrow('at most 0');
  });

  it('a policy that ignores masks', async () => {
    class Unmasked extends TableLearner {
      override act(observations: Float32Array, { deterministic, random }: ActOptions): PolicyActions {
        return super.act(observations, { deterministic, random });
      }
    }
    await expect(run('masked', new Unmasked())).rejects.toThrow(/action \d of \w+ in row \d is legal/);
    await expect(run('without a legal action', new Unmasked())).rejects.toThrow(
      'A mask without a legal action must throw',
    );
  });

  it('a policy that draws when it should not, or from elsewhere', async () => {
    class Drawing extends TableLearner {
      override act(observations: Float32Array, options: ActOptions): PolicyActions {
        return super.act(observations, { ...options, deterministic: false });
      }
    }
    await expect(run('acts alike', new Drawing())).rejects.toThrow('does not depend on the stream');
    class Elsewhere extends TableLearner {
      calls = 0;
      override act(observations: Float32Array, options: ActOptions): PolicyActions {
        return super.act(observations, { ...options, random: options.random.split(this.calls++) });
      }
    }
    await expect(run('acts alike', new Elsewhere())).rejects.toThrow('the stream is the only source of randomness');
  });

  it('an update that learns from failed calls, or reports no number', async () => {
    class Greedy extends TableLearner {
      override update(rollout: Rollout): Promise<UpdateMetrics> {
        return super.update({ ...rollout, steps: rollout.steps.map((step) => ({ ...step, learnable: step.active })) });
      }
    }
    await expect(run('learns nothing', new Greedy())).rejects.toThrow('changes nothing');
    class Unclear extends TableLearner {
      override async update(): Promise<UpdateMetrics> {
        return { 'train/loss': Number.NaN };
      }
    }
    await expect(run('updates on a rollout', new Unclear())).rejects.toThrow('train/loss is finite, received NaN');
  });

  it('an update that lets rows that are not learnable through', async () => {
    class Poisoned extends TableLearner {
      override update(rollout: Rollout): Promise<UpdateMetrics> {
        // A weight of 0 does not hide NaN.
        const steps = rollout.steps.map((step) => ({
          ...step,
          rewards: step.rewards.map((reward, row) => reward * step.learnable[row]!),
          learnable: step.active,
        }));
        return super.update({ ...rollout, steps });
      }
    }
    await expect(run('mixed rollout', new Poisoned())).rejects.toThrow('is finite, received NaN');
    class Averaging extends TableLearner {
      override update(rollout: Rollout): Promise<UpdateMetrics> {
        // A baseline over all rows, in which a missing reward counts as 1.
        const steps = rollout.steps.map(({ rewards, ...step }) => {
          const known = rewards.map((reward) => (Number.isNaN(reward) ? 1 : reward));
          const mean = known.reduce((sum, reward) => sum + reward, 0) / rollout.batchSize;
          return { ...step, rewards: rewards.map((reward) => reward - mean) };
        });
        return super.update({ ...rollout, steps });
      }
    }
    await expect(run('mixed rollout', new Averaging())).rejects.toThrow('does what 0 does there');
    class Unequal extends TableLearner {
      static created = 0;
      constructor() {
        super();
        super.widen({ agent: 'role', parent: Unequal.created++ % 2 });
      }
    }
    await expect(run('mixed rollout', new Unequal())).rejects.toThrow('created alike act alike');
  });

  it('an update that does nothing', async () => {
    class Idle extends TableLearner {
      override async update(): Promise<UpdateMetrics> {
        return { 'train/loss': 1 };
      }
    }
    await expect(run('changes its probabilities', new Idle())).rejects.toThrow('changes something');
  });

  it('an entropy that masks make NaN', async () => {
    class Entropic extends TableLearner {
      override async update(rollout: Rollout): Promise<UpdateMetrics> {
        const masks = rollout.steps.flatMap(({ actionMasks = {} }) => Object.values(actionMasks));
        const entropy = masks.flatMap((mask) => [...mask]).reduce((sum, legal) => sum - legal * Math.log(legal), 0);
        return { ...(await super.update(rollout)), 'train/entropy_loss': -entropy };
      }
    }
    await expect(run('updates on a rollout,', new Entropic())).resolves.toBeUndefined();
    await expect(run('played under masks', new Entropic())).rejects.toThrow('train/entropy_loss is finite');
  });

  it('a child that takes mass from its cousins', async () => {
    class Spreading extends TableLearner {
      override widen(options: { readonly agent: string; readonly parent: number }): void {
        super.widen(options);
        super.widen(options);
      }
    }
    await expect(run('widens', new Spreading())).rejects.toThrow('the child has the next index');
    class Fixed extends TableLearner {
      readonly #role = [0, 0.5, -1];
      override get actionCounts(): Readonly<Record<string, number>> {
        return { role: this.#role.length, format: 2 };
      }
      override act(observations: Float32Array, options: ActOptions): PolicyActions {
        const chosen = super.act(observations, options);
        const values = chosen.logProbabilities.role!;
        values.set(values.map((value) => value - 0.1 * (this.#role.length - 3)));
        return chosen;
      }
      override widen(): void {
        this.#role.push(0);
      }
    }
    await expect(run('widens', new Fixed())).rejects.toThrow(/log-probability of action [12]/);
  });

  it('a learner that lives on after dispose', async () => {
    class Immortal extends TableLearner {
      protected override assertLive(): void {}
    }
    await expect(run('disposed', new Immortal())).rejects.toThrow('act after dispose must throw or reject');
    class Growing extends TableLearner {
      override widen(): void {}
    }
    await expect(run('disposed', new Growing())).rejects.toThrow('widen after dispose must throw or reject');
  });
});
