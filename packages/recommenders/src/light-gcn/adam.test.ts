import { expect, it } from 'vitest';
import { createAdam } from './adam.ts';

it('takes two steps as by hand', () => {
  const adam = createAdam({ size: 2, learningRate: 0.1 });
  const parameters = Float32Array.of(1, -1);
  // First step: m / (1 - .9) = g and sqrt(v / (1 - .999)) = |g|, so it is the rate in the direction of the gradient.
  adam.step(parameters, Float32Array.of(2, 0));
  expect(parameters[0]).toBeCloseTo(0.9, 6);
  expect(parameters[1]).toBe(-1);
  // m = .9 x .2 - .1 x 1 = .08, over 1 - .81: .4210526; v = .999 x .004 + .001 = .004996, over 1 - .998001: 2.499250, whose
  // root is 1.580902; their ratio is .2663369. For the second parameter m = .1 x 4 / .19 = 2.105263,
  // v = .016 / .001999 = 8.004002, root 2.829135, ratio .7441366.
  adam.step(parameters, Float32Array.of(-1, 4));
  expect(parameters[0]).toBeCloseTo(0.9 - 0.02663369, 6);
  expect(parameters[1]).toBeCloseTo(-1 - 0.07441366, 6);
});

it('uses the decays and the epsilon that it is given', () => {
  const adam = createAdam({ size: 1, learningRate: 1, beta1: 0.5, beta2: 0.75, epsilon: 1 });
  const parameters = Float32Array.of(0);
  // First step: m = 3, sqrt(v) = 3, step 3 / (3 + 1).
  adam.step(parameters, Float32Array.of(3));
  expect(parameters[0]).toBeCloseTo(-0.75, 6);
  // m = (.5 x 1.5 + .5 x 1) / .75 = 1.666667; v = (.75 x 2.25 + .25 x 1) / .4375 = 4.428571, root 2.104417; step .5368694.
  adam.step(parameters, Float32Array.of(1));
  expect(parameters[0]).toBeCloseTo(-0.75 - 0.5368694, 6);
});
