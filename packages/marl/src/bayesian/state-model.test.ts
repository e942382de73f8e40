import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { StateModel, type StateRow } from './state-model.ts';

const space = { agents: ['only'], observationSize: 2, stateSize: 3, actionCounts: { only: 2 } };

/** The state holds the observation, and a value that follows from it but for noise. */
function sampleRows(count: number, seed: number): StateRow[] {
  const random = createRandomStream(seed);
  return Array.from({ length: count }, () => {
    const observation = Float32Array.of(100 + 5 * random.normal(), 0.01 * random.normal());
    const hidden = 3 * (observation[0]! - 100) - 200 * observation[1]! + 2 * random.normal();
    return { observation, state: Float32Array.of(...observation, hidden) };
  });
}

/** What the weights of the observation come to. */
const evaluate = (weights: Float64Array, observation: Float32Array): number =>
  weights[0]! + weights[1]! * observation[0]! + weights[2]! * observation[1]!;

describe('StateModel', () => {
  it('expects of the state what the observation says, whatever its centre and scale', () => {
    const model = new StateModel(space);
    for (let batch = 0; batch < 200; batch++) model.add(sampleRows(50, batch));
    model.refit();
    const [{ observation, state }] = sampleRows(1, 1000) as [StateRow];
    // A weight of 1 on one value of the state.
    const expectValue = (value: number): number =>
      evaluate(model.project(Float64Array.from({ length: 4 }, (_, index) => Number(index === 1 + value))), observation);
    expect(expectValue(0)).toBeCloseTo(state[0]!, 1);
    expect(expectValue(1)).toBeCloseTo(state[1]!, 4);
    expect(expectValue(2)).toBeCloseTo(3 * (observation[0]! - 100) - 200 * observation[1]!, 0);
  });

  it('says nothing before the first rows', () => {
    const model = new StateModel(space);
    expect([...model.project(Float64Array.of(7, 1, 1, 1))]).toEqual([7, 0, 0]);
  });

  it('expects the mean of a state of which the observation says nothing', () => {
    const model = new StateModel(space);
    model.add(sampleRows(50, 1).map(({ observation }) => ({ observation, state: Float32Array.of(4, 4, 4) })));
    model.refit();
    expect(evaluate(model.project(Float64Array.of(0, 1, 0, 0)), Float32Array.of(90, 0.02))).toBeCloseTo(4, 3);
  });

  it('goes on after saving and restoring as if nothing had been', () => {
    const [whole, restored] = [new StateModel(space), new StateModel(space)];
    whole.add(sampleRows(50, 1));
    whole.refit();
    restored.prepareRestore(whole.save())();
    const weights = Float64Array.of(0, 1, 2, 3);
    expect(restored.project(weights)).toEqual(whole.project(weights));
    for (const model of [whole, restored]) {
      model.add(sampleRows(50, 2));
      model.refit();
    }
    expect(restored.save()).toEqual(whole.save());
    expect(restored.project(weights)).toEqual(whole.project(weights));
  });

  it('refuses what it cannot have saved', () => {
    const model = new StateModel(space);
    const saved = model.save();
    const wrong = [undefined, { ...saved, gram: new Float64Array(4) }, { ...saved, moments: saved.moments.slice(1) }];
    for (const state of wrong) expect(() => model.prepareRestore(state)).toThrow('state.extra.stateModel');
  });
});
