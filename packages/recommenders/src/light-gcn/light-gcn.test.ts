import { beforeAll, describe, expect, it } from 'vitest';
import { readState } from '../fitted/loaded-state.ts';
import type { TrainingInteractions } from '../interactions/training-interactions.ts';
import type { FittedRecommender } from '../recommender.ts';
import { createExampleInteractions } from '../testing/index.ts';
import { createLightGcn, loadLightGcn } from './light-gcn.ts';

const dimensions = 6;

describe('createLightGcn', () => {
  // One user without interactions and one item without users beside the example's.
  const example = createExampleInteractions();
  const interactions: TrainingInteractions = {
    ...example,
    users: [...example.users, 'lonely'],
    items: [...example.items, { id: 'new', title: 'new' }],
    starts: Int32Array.of(...example.starts, example.item.length),
  };
  const { users, items, starts, item } = interactions;
  const losses: number[] = [];
  let fitted: FittedRecommender;

  beforeAll(async () => {
    const recommender = createLightGcn({ dimensions, epochs: 60, batchSize: 64, learningRate: 0.02 });
    fitted = await recommender.fit(interactions, { seed: 1, onProgress: ({ loss }) => losses.push(loss!) });
  });

  const takeHistory = (user: number) =>
    Array.from(item.subarray(starts[user]!, starts[user + 1]!), (index) => ({ item: items[index]! }));

  it('starts near ln 2, the loss of equal scores, and learns', () => {
    // Layer 0 is within sqrt(6 / 43) = .37, so that margins and penalty are small beside .01 / .02 at the first batch.
    expect(losses[0]).toBeGreaterThan(0.6);
    expect(losses[0]).toBeLessThan(0.72);
    expect(losses.at(-1)).toBeLessThan(0.25);
  });

  it('recommends items of the group to most, those it learned from and new people', () => {
    let hits = 0;
    for (let user = 0; user < example.users.length; user++) {
      for (const id of [users[user]!, 'someone new']) {
        const [best] = fitted.recommend({ user: id, history: takeHistory(user), count: 1 });
        const found = items.findIndex((candidate) => candidate.id === best!.id);
        hits += Number(Math.floor(found / 12) === Math.floor(user / 20));
      }
    }
    // Chance is below a third: most items of the own group are in the history.
    expect(hits / 120).toBeGreaterThan(0.8);
  });

  it('folds a person in as a neighbour of their items without a layer 0 of their own', () => {
    // E = (I + A + A^2) x / 3 is solved for x; the folded-in vector of u is then E_u - x_u / 3.
    const nodes = users.length + items.length;
    const degrees = new Float64Array(nodes);
    const edges: [number, number][] = [];
    for (let user = 0; user < users.length; user++) {
      for (const own of item.subarray(starts[user]!, starts[user + 1]!)) edges.push([user, users.length + own]);
    }
    for (const node of edges.flat()) degrees[node]!++;
    const adjacency = Array.from({ length: nodes }, () => new Float64Array(nodes));
    for (const [user, own] of edges) {
      adjacency[user]![own] = 1 / Math.sqrt(degrees[user]! * degrees[own]!);
      adjacency[own]![user] = adjacency[user]![own]!;
    }
    const system = adjacency.map((row, from) =>
      row.map((value, to) => {
        const square = row.reduce((sum, other, node) => sum + other * adjacency[node]![to]!, 0);
        return (Number(from === to) + value + square) / 3;
      }),
    );
    const final = [
      // The row of a user without interactions has no part in anyone else's.
      ...users.map((id) => fitted.userEmbeddings!.get(id)!),
      ...items.map(({ id }) => fitted.itemEmbeddings!.get(id)!),
    ].map((row) => Float64Array.from(row));
    const initial = solve(
      system,
      final.map((row) => row.slice()),
    );
    for (const user of [0, 25, 59]) {
      const vector = final[user]!.map((value, column) => value - initial[user]![column]! / 3);
      const scores = fitted.scoreItems({ user: 'someone new', history: takeHistory(user) });
      for (let index = 0; index < items.length; index++) {
        const expected = vector.reduce((sum, value, column) => sum + value * final[users.length + index]![column]!, 0);
        expect(scores[index]).toBeCloseTo(expected, 3);
      }
    }
  });

  it('serves people without a known history by the mean user', () => {
    const mean = new Float64Array(dimensions);
    for (const id of example.users) {
      for (const [column, value] of fitted.userEmbeddings!.get(id)!.entries()) mean[column]! += value / 60;
    }
    const lonely = fitted.userEmbeddings!.get('lonely')!;
    for (const [column, value] of mean.entries()) expect(lonely[column]).toBeCloseTo(value, 5);
    const expected = fitted.scoreItems({ user: 'lonely', history: [] });
    expect(fitted.scoreItems({ history: [] })).toEqual(expected);
    expect(fitted.scoreItems({ history: [{ item: { id: 'new', title: 'new' } }] })).toEqual(expected);
  });

  it('puts an item that nobody had below what the group has: it is only ever a negative', () => {
    const scores = fitted.scoreItems({ user: users[0]!, history: takeHistory(0) });
    expect(scores.at(-1)).toBeLessThan(Math.min(...scores.subarray(0, 12)));
  });

  it('learns nothing from users who have every item', async () => {
    const few = { users: ['a'], items: items.slice(0, 1), starts: Int32Array.of(0, 1), item: Int32Array.of(0) };
    const seen: (number | undefined)[] = [];
    const onProgress = ({ loss }: { readonly loss?: number }) => seen.push(loss);
    await createLightGcn({ dimensions: 2, epochs: 2 }).fit({ ...few, order: 'none' }, { seed: 1, onProgress });
    expect(seen).toEqual([undefined, undefined]);
  });

  it('rejects where its parameters overflow, and says what to do', async () => {
    // Adam's first step moves every parameter that has a gradient by the learning rate.
    const run = createLightGcn({ dimensions: 2, epochs: 1, learningRate: 1e39 }).fit(interactions, { seed: 1 });
    await expect(run).rejects.toThrow('of what was learned to be finite');
    await expect(run).rejects.toThrow('Training diverged: lower the learning rate.');
  });

  it.each([
    [{ layers: 0 }, 'layers'],
    [{ dimensions: 1.5 }, 'dimensions'],
    [{ epochs: 0 }, 'epochs'],
    [{ batchSize: -1 }, 'batchSize'],
    [{ learningRate: 0 }, 'learningRate'],
    [{ learningRate: Number.POSITIVE_INFINITY }, 'learningRate'],
    [{ regularization: -1 }, 'regularization'],
    [{ regularization: Number.NaN }, 'regularization'],
  ])('refuses %j', (options, name) => {
    expect(() => createLightGcn(options)).toThrow(`Expected ${name} to be`);
  });

  it('refuses a state whose messages have another size', () => {
    const state = fitted.save();
    const { users: factors, items: others } = state.arrays;
    const arrays = { users: factors!, items: others!, messages: factors! };
    expect(() => loadLightGcn(readState({ ...state, arrays }))).toThrow('state.arrays.messages');
  });
});

/** Solves `system` x = `values` for all columns (Gauss and Jordan with pivots). */
function solve(system: readonly Float64Array[], values: readonly Float64Array[]): readonly Float64Array[] {
  const rows = system.map((row, index) => Float64Array.of(...row, ...values[index]!));
  for (let pivot = 0; pivot < rows.length; pivot++) {
    let best = pivot;
    for (let row = pivot; row < rows.length; row++) {
      if (Math.abs(rows[row]![pivot]!) > Math.abs(rows[best]![pivot]!)) best = row;
    }
    [rows[pivot], rows[best]] = [rows[best]!, rows[pivot]!];
    const scale = rows[pivot]![pivot]!;
    rows[pivot] = rows[pivot]!.map((value) => value / scale);
    for (let row = 0; row < rows.length; row++) {
      const factor = rows[row]![pivot]!;
      if (row === pivot || factor === 0) continue;
      for (let column = pivot; column < rows[row]!.length; column++) {
        rows[row]![column]! -= factor * rows[pivot]![column]!;
      }
    }
  }
  return rows.map((row) => row.subarray(system.length));
}
