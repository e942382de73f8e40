import { selectBackend } from '@rppkit/backend';
import { createRandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
// Written by golden/networks.py, an independent NumPy implementation with its own gradients.
import golden from '../../golden/networks.json' with { type: 'json' };
import { expectClose } from '../testing/expect-close.ts';
import { setVariables, weighOutputs } from '../testing/golden-network.ts';
import { Gru } from './gru.ts';

const { options, weights, rows, factors, outputs, gradients } = golden.gru;

describe.each(['cpu', 'wasm'] as const)('Gru on %s', (backend) => {
  let gru: Gru;

  beforeEach(async () => {
    await selectBackend([backend]);
    gru = new Gru({ ...options, random: createRandomStream('gru') });
  });
  afterEach(() => gru.dispose());

  it('reads the steps of each row in their order, as NumPy does', () => {
    setVariables(gru, weights);
    expect(gru.outputs).toBe(6);
    expectClose(tf.tidy(() => gru.apply(tf.tensor2d(rows)).arraySync()).flat(), outputs.flat(), 1e-5);
  });

  it('sends the gradients that NumPy computed to all four weights', () => {
    setVariables(gru, weights);
    const { grads } = tf.tidy(() =>
      tf.variableGrads(() => weighOutputs(gru.apply(tf.tensor2d(rows)), factors), [...gru.variables]),
    );
    for (const [index, variable] of gru.variables.entries()) {
      expectClose(grads[variable.name]!.dataSync(), gradients[index]!, 1e-5);
    }
    tf.dispose(grads);
  });

  it('gives a row the same state whatever else is in the batch', () => {
    setVariables(gru, weights);
    for (const [index, row] of rows.entries()) {
      expectClose(
        tf.tidy(() => gru.apply(tf.tensor2d([row])).dataSync()),
        outputs[index]!,
        1e-5,
      );
    }
  });
});

describe('Gru', () => {
  it('passes the state on from step to step, by hand', async () => {
    await selectBackend(['cpu']);
    const gru = new Gru({ inputs: 2, offset: 0, steps: 2, size: 1, hidden: 1, random: createRandomStream(1) });
    // Gates of 1/2 (weights of 0 but for n), n = tanh(x): h1 = tanh(x1) / 2, h2 = (tanh(x2) + h1) / 2.
    setVariables(gru, [
      [0, 0, 1],
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    const [state] = tf.tidy(() => gru.apply(tf.tensor2d([[0.5, -2]])).dataSync());
    expect(state).toBeCloseTo(Math.tanh(-2) / 2 + Math.tanh(0.5) / 4, 6);
    gru.dispose();
  });

  it('starts with orthogonal kernels of each gate and exports its weights with the place of the sequence', async () => {
    await selectBackend(['cpu']);
    const gru = new Gru({ ...options, random: createRandomStream('gru') });
    const layer = gru.exportLayer();
    if (layer.kind !== 'gru') throw new Error(`Expected a GRU, received ${layer.kind}.`);
    expect(layer).toMatchObject({ ...options, bias: new Float32Array(9), recurrentBias: new Float32Array(9) });
    for (let gate = 0; gate < 3; gate++) {
      // Column vectors of U inside one gate.
      const columns = [0, 1, 2].map((unit) =>
        [0, 1, 2].map((from) => layer.recurrentKernel[from * 9 + gate * 3 + unit]!),
      );
      for (const [i, a] of columns.entries()) {
        for (const [j, b] of columns.entries()) {
          expect(a.reduce((sum, value, from) => sum + value * b[from]!, 0)).toBeCloseTo(i === j ? 1 : 0, 5);
        }
      }
    }
    setVariables(gru, weights);
    expect(gru.exportLayer()).toMatchObject({
      kernel: Float32Array.from(weights[0]!),
      recurrentKernel: Float32Array.from(weights[1]!),
      bias: Float32Array.from(weights[2]!),
      recurrentBias: Float32Array.from(weights[3]!),
    });
    expect(gru.names).toEqual(['kernel', 'recurrent-kernel', 'bias', 'recurrent-bias']);
    gru.dispose();
  });

  it('may read whole rows', async () => {
    await selectBackend(['cpu']);
    const gru = new Gru({ inputs: 4, offset: 0, steps: 2, size: 2, hidden: 3, random: createRandomStream(1) });
    expect(tf.tidy(() => gru.apply(tf.ones([5, 4])).shape)).toEqual([5, 3]);
    const before = tf.memory().numTensors;
    gru.dispose();
    expect(tf.memory().numTensors).toBe(before - 4);
  });
});
