import { selectBackend } from '@rppkit/backend';
import { createRandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
// Written by golden/networks.py, an independent NumPy implementation with its own gradients.
import golden from '../../golden/networks.json' with { type: 'json' };
import { expectClose } from '../testing/expect-close.ts';
import { setVariables, weighOutputs } from '../testing/golden-network.ts';
import { DenseNetwork } from './dense-network.ts';
import { layerNormEpsilon } from './layer-norm.ts';

const { options, weights, extraBias, rows, factors, outputs, gradients } = golden.dense;

describe.each(['cpu', 'wasm'] as const)('DenseNetwork with layer normalisation on %s', (backend) => {
  let network: DenseNetwork;
  let bias: tf.Variable<tf.Rank.R1>;

  beforeEach(async () => {
    await selectBackend([backend]);
    network = new DenseNetwork({ ...options, random: createRandomStream('dense') });
    setVariables(network, weights);
    bias = tf.tidy(() => tf.variable(tf.tensor1d(extraBias)));
  });
  afterEach(() => {
    network.dispose();
    bias.dispose();
  });

  it('gives what NumPy gives, with a bias from outside before the first normalisation', () => {
    expectClose(
      tf.tidy(() => network.apply(tf.tensor2d(rows), bias).dataSync()),
      outputs.flat(),
      1e-5,
    );
  });

  it('sends the gradients that NumPy computed to all weights and to the bias from outside', () => {
    const variables = [...network.variables, bias];
    const { grads } = tf.tidy(() =>
      tf.variableGrads(() => weighOutputs(network.apply(tf.tensor2d(rows), bias), factors), variables),
    );
    expect(variables.length).toBe(gradients.length);
    for (const [index, variable] of variables.entries()) {
      expectClose(grads[variable.name]!.dataSync(), gradients[index]!, 2e-5);
    }
    tf.dispose(grads);
  });

  it('gives a row the same output whatever else is in the batch: there is no batch normalisation', () => {
    for (const [index, row] of rows.entries()) {
      expectClose(
        tf.tidy(() => network.apply(tf.tensor2d([row]), bias).dataSync()),
        outputs[index]!,
        1e-5,
      );
    }
  });
});

describe('DenseNetwork', () => {
  beforeAll(async () => {
    await selectBackend(['cpu']);
  });

  /** 2 inputs, 2 hidden units, 3 outputs, with weights that are easy to follow. */
  const createSmall = (): DenseNetwork => {
    const network = new DenseNetwork({ inputs: 2, hiddenSizes: [2], outputs: 3, random: createRandomStream(1) });
    setVariables(network, [
      [1, -1, 2, 1],
      [0, 1],
      [1, 2, 3, 4, 5, 6],
      [10, 20, 30],
    ]);
    return network;
  };
  const apply = (network: DenseNetwork, input: number[][]): number[][] =>
    tf.tidy(() => network.apply(tf.tensor2d(input)).arraySync());
  const copyValues = (variables: readonly tf.Variable[]): number[][] => variables.map((one) => [...one.dataSync()]);

  it('is linear after ReLU layers', () => {
    // Hidden sums (1 + 2, -1 + 1 + 1) = (3, 1), and (-1, 2) of which the ReLU leaves (0, 2).
    expect(
      apply(createSmall(), [
        [1, 1],
        [-1, 0],
      ]),
    ).toEqual([
      [3 + 4 + 10, 6 + 5 + 20, 9 + 6 + 30],
      [8 + 10, 10 + 20, 12 + 30],
    ]);
  });

  it('ends with its hidden layer, or hands its input on, where it has no last layer', () => {
    const hidden = new DenseNetwork({ inputs: 2, hiddenSizes: [2], random: createRandomStream(1) });
    setVariables(hidden, [
      [1, -1, 2, 1],
      [0, 1],
    ]);
    expect(hidden.outputs).toBe(2);
    expect(apply(hidden, [[-1, 0]])).toEqual([[0, 2]]);
    const none = new DenseNetwork({ inputs: 2, hiddenSizes: [], random: createRandomStream(1) });
    expect([none.outputs, none.variables.length]).toEqual([2, 0]);
    expect(apply(none, [[-1, 0]])).toEqual([[-1, 0]]);
  });

  it('widens by a copy of one output, lowers both, and says what became of which variable', () => {
    const network = createSmall();
    const [, , kernel, bias] = network.variables;
    const { numTensors } = tf.memory();
    const replaced: { previous: tf.Variable; next: tf.Variable; moment: number[] }[] = [];
    network.widen(1, 0.5, (previous, next, change) => {
      expect(previous.isDisposed).toBe(false);
      const moment = tf.tidy(() => [...change(tf.range(0, previous.size).reshape(previous.shape)).dataSync()]);
      replaced.push({ previous, next, moment });
    });
    // Hidden (3, 1): outputs 17, 31, 45, then the child.
    expect(apply(network, [[1, 1]])).toEqual([[17, 30.5, 45, 30.5]]);
    expect(copyValues(network.variables.slice(2))).toEqual([
      [1, 2, 3, 2, 4, 5, 6, 5],
      [10, 19.5, 30, 19.5],
    ]);
    const [, , nextKernel, nextBias] = network.variables;
    expect(replaced).toEqual([
      { previous: kernel, next: nextKernel, moment: [0, 1, 2, 1, 3, 4, 5, 4] },
      { previous: bias, next: nextBias, moment: [0, 1, 2, 1] },
    ]);
    expect([kernel!.isDisposed, bias!.isDisposed]).toEqual([true, true]);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(network.names).toEqual(['0/kernel', '0/bias', '1/kernel', '1/bias']);
  });

  it.each([
    ['at the start', 0, [2, 1, 1, -1, 2, 1]],
    ['in the middle', 1, [1, -1, 2, 1, 2, 1]],
    ['at the end', 2, [1, -1, 2, 1, 2, 1]],
  ])('reads one more input %s, which weighs what its parent weighs', (_, at, expected) => {
    const network = createSmall();
    const [kernel] = network.variables;
    const { numTensors } = tf.memory();
    let moment: number[] = [];
    network.widenInput(1, at, (previous, next, change) => {
      expect([previous, next.shape]).toEqual([kernel, [3, 2]]);
      moment = tf.tidy(() => [...change(previous).dataSync()]);
    });
    expect([...network.variables[0]!.dataSync()]).toEqual(expected);
    expect(moment).toEqual(expected);
    expect(kernel!.isDisposed).toBe(true);
    expect(tf.memory().numTensors).toBe(numTensors);
    // The second input and its child do the same; with a child of 0 nothing has changed.
    const row = [1, 1];
    row.splice(at, 0, 0);
    expect(apply(network, [row])).toEqual([[17, 31, 45]]);
  });

  it('starts with orthogonal kernels, of gain sqrt(2) before a ReLU, and biases of 0', () => {
    const network = new DenseNetwork({
      inputs: 3,
      hiddenSizes: [2],
      outputs: 2,
      outputGain: 0.1,
      layerNorm: true,
      random: createRandomStream(1),
    });
    const [first, bias, gain, shift, last, lastBias] = copyValues(network.variables);
    const lengths = [first!, last!].map((kernel) =>
      [0, 1].map((unit) => Math.hypot(...kernel.filter((_, index) => index % 2 === unit))),
    );
    expectClose(lengths.flat(), [Math.SQRT2, Math.SQRT2, 0.1, 0.1], 1e-6);
    expect([bias, gain, shift, lastBias]).toEqual([
      [0, 0],
      [1, 1],
      [0, 0],
      [0, 0],
    ]);
  });

  it('exports its layers, with the bias from outside in the first', () => {
    const network = new DenseNetwork({ ...options, random: createRandomStream('dense') });
    setVariables(network, weights);
    const layers = network.exportLayers(Float32Array.from(extraBias));
    const hidden = { kind: 'dense', outputs: 4, activation: 'none' };
    const norm = { kind: 'layer-norm', size: 4, activation: 'relu', epsilon: layerNormEpsilon };
    const [w0, b0, g0, s0, w1, b1, g1, s1, w2, b2] = weights.map((values) => Float32Array.from(values));
    expect(layers).toEqual([
      { ...hidden, inputs: 3, kernel: w0, bias: b0!.map((value, unit) => value + Math.fround(extraBias[unit]!)) },
      { ...norm, gain: g0, shift: s0 },
      { ...hidden, inputs: 4, kernel: w1, bias: b1 },
      { ...norm, gain: g1, shift: s1 },
      { kind: 'dense', inputs: 4, outputs: 2, activation: 'none', kernel: w2, bias: b2 },
    ]);
    expect(createSmall().exportLayers()).toMatchObject([{ activation: 'relu' }, { activation: 'none' }]);
  });
});
