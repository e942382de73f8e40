import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { type BprParameters, stepPair } from './step-pair.ts';

describe('stepPair', () => {
  it('takes the step worked by hand', () => {
    // x = 1 * (2 - 1) + 2 * (0 - 0.5) = 0, so sigma(-x) = 1/2 and the loss is ln 2. Rate 0.2, lambda 0.5, so each entry loses
    // a tenth of itself and gains 0.1 times its slope.
    const users = Float32Array.of(9, 9, 1, 2);
    const items = Float32Array.of(2, 0, 9, 9, 1, 0.5);
    const loss = stepPair({ dimensions: 2, users, items }, 1, 0, 2, { learningRate: 0.2, regularization: 0.5 });
    expect(loss).toBeCloseTo(Math.log(2), 12);
    // p: 1 + 0.1 * (2 - 1) - 0.1; 2 + 0.1 * (0 - 0.5) - 0.2. q_i: 2 + 0.1 - 0.2; 0 + 0.2. q_j: 1 - 0.1 - 0.1; 0.5 - 0.2 - 0.05.
    expectClose(users, [9, 9, 1, 1.75], 6);
    expectClose(items, [1.9, 0.2, 9, 9, 0.8, 0.25], 6);
  });

  it('takes the step of the biases worked by hand', () => {
    // x = 0 + 2 - 2 = 0. b_i: 2 + 0.1 - 0.1 * 2, b_j: 2 - 0.1 - 0.1 * 2.
    const itemBiases = Float32Array.of(2, 2);
    const parameters = { dimensions: 1, users: Float32Array.of(0), items: Float32Array.of(1, 1), itemBiases };
    stepPair(parameters, 0, 0, 1, { learningRate: 0.2, regularization: 0.5 });
    expectClose(itemBiases, [1.9, 1.7], 6);
  });

  it.each([[1], [-1]])('follows the gradient that central differences give, scale %d', (scale) => {
    const random = createRandomStream('bpr gradient');
    const draw = (length: number): Float32Array => Float32Array.from({ length }, () => scale * random.normal());
    const parameters = { dimensions: 3, users: draw(3), items: draw(6), itemBiases: draw(2) };
    const regularization = 0.3;
    const moved = copyParameters(parameters);
    // Items 1 over 0; a small rate keeps the step in proportion to the slope, and far above float rounding.
    const learningRate = 0.01;
    const loss = stepPair(moved, 0, 1, 0, { learningRate, regularization });
    expect(loss).toBeCloseTo(computeLoss(parameters), 6);
    for (const name of ['users', 'items', 'itemBiases'] as const) {
      for (let place = 0; place < parameters[name].length; place++) {
        const [above, below] = [copyParameters(parameters), copyParameters(parameters)];
        above[name][place]! += 0.01;
        below[name][place]! -= 0.01;
        const f = (at: typeof parameters): number =>
          -computeLoss(at) -
          (regularization / 2) *
            [...at.users, ...at.items, ...at.itemBiases].reduce((sum, entry) => sum + entry ** 2, 0);
        const slope = (f(above) - f(below)) / 0.02;
        const step = (moved[name][place]! - parameters[name][place]!) / learningRate;
        expect(step, `${name}[${place}]`).toBeCloseTo(slope, 3);
      }
    }
  });

  it('moves the user alone where items are fixed', () => {
    const parameters = {
      dimensions: 1,
      users: Float32Array.of(1),
      items: Float32Array.of(1, -1),
      itemBiases: Float32Array.of(1, 2),
    };
    const before = copyParameters(parameters);
    stepPair(parameters, 0, 0, 1, { learningRate: 0.1, regularization: 0.1, fixedItems: true });
    expect(parameters.items).toEqual(before.items);
    expect(parameters.itemBiases).toEqual(before.itemBiases);
    // x = 1 * 2 + 1 - 2 = 1, sigma(-1) = 0.26894: 1 + 0.1 * 0.26894 * 2 - 0.1 * 0.1
    expect(parameters.users[0]).toBeCloseTo(1.043788, 5);
  });

  it.each([
    [1000, 0],
    [-1000, 1000],
  ])('stays finite for a difference of %d', (difference, loss) => {
    const parameters = { dimensions: 1, users: Float32Array.of(difference), items: Float32Array.of(1, 0) };
    expect(stepPair(parameters, 0, 0, 1, { learningRate: 0.1, regularization: 0 })).toBe(loss);
    expect([...parameters.users, ...parameters.items].every(Number.isFinite)).toBe(true);
  });
});

/** -ln sigma of item 1 over item 0, from the definition. */
function computeLoss({ dimensions, users, items, itemBiases }: Required<BprParameters>): number {
  let difference = itemBiases[1]! - itemBiases[0]!;
  for (let d = 0; d < dimensions; d++) difference += users[d]! * (items[dimensions + d]! - items[d]!);
  return -Math.log(1 / (1 + Math.exp(-difference)));
}

function copyParameters(parameters: Required<BprParameters>): Required<BprParameters> {
  const { dimensions, users, items, itemBiases } = parameters;
  return { dimensions, users: users.slice(), items: items.slice(), itemBiases: itemBiases.slice() };
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, digits: number): void {
  expect(actual.length).toBe(expected.length);
  for (let place = 0; place < expected.length; place++) expect(actual[place]).toBeCloseTo(expected[place]!, digits);
}
