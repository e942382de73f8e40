import { multiplyMatrices } from '@rppkit/backend';
import type { RandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { normEpsilon } from '../sasrec/compute-states.ts';
import { createSasrecParameters, type SasrecParameters, type SasrecSizes } from '../sasrec/sasrec-parameters.ts';
import { attendCausally } from './attend-causally.ts';
import { gatherRows } from './gather-rows.ts';
import { padding } from './training-windows.ts';

/** Standard deviation of the initial embeddings. */
const embeddingDeviation = 0.02;

/** Makes a mask that a tensor is multiplied with, values 0 or 1 / (1 - rate). */
export type CreateDropoutMask = (size: number) => Float32Array;

/** SASRec on TensorFlow.js; symbols and equations as in compute-states.ts. Owns its variables. */
export class SasrecNetwork {
  readonly #sizes: SasrecSizes;
  readonly #variables: Record<string, tf.Variable> = {};
  readonly #parameters: SasrecParameters<tf.Variable>;

  /**
   * Normal item and position embeddings of deviation 0.02, uniform matrices as in Glorot and Bengio (AISTATS 2010),
   * scales 1, shifts and biases 0.
   */
  constructor(sizes: SasrecSizes, random: RandomStream) {
    this.#sizes = sizes;
    this.#parameters = createSasrecParameters(sizes, (name, shape) => {
      const variable = tf.tidy(() =>
        tf.variable(tf.tensor(sampleInitial(name, shape, random.split(name)), [...shape])),
      );
      this.#variables[name] = variable;
      return variable;
    });
  }

  /** By name, as `tf.Optimizer.applyGradients` and `tf.variableGrads` know them. */
  get variables(): readonly tf.Variable[] {
    return Object.values(this.#variables);
  }

  /** Item vectors `[items, dimensions]`. */
  get items(): tf.Tensor2D {
    return this.#parameters.items as unknown as tf.Tensor2D;
  }

  /**
   * Hidden states `[batch x maximumLength, dimensions]` of `inputs` `Int32Array [batch, maximumLength]`. Those of padded
   * places mean nothing and no other depends on them. The caller's `tf.tidy` frees what is made on the way.
   */
  computeStates(inputs: Int32Array, createDropoutMask?: CreateDropoutMask): tf.Tensor2D {
    const { maximumLength, dimensions, heads } = this.#sizes;
    const { items, positions, blocks, scale, shift } = this.#parameters;
    const batch = inputs.length / maximumLength;
    const shape: [number, number] = [inputs.length, dimensions];
    const drop = (values: tf.Tensor): tf.Tensor2D =>
      (createDropoutMask === undefined
        ? values
        : values.mul(tf.tensor2d(createDropoutMask(values.size), shape))) as tf.Tensor2D;
    // Any item may stand for the padding: no weight reaches it.
    const known = inputs.map((item) => (item === padding ? 0 : item));
    const embedded = gatherRows(items as unknown as tf.Tensor2D, known)
      .reshape([batch, maximumLength, dimensions])
      .add(positions) // Eq. 1
      .reshape(shape);
    const shapes = { maximumLength, dimensions, heads, firstPlaces: findFirstPlaces(inputs, maximumLength) };
    let states = drop(embedded);
    for (const block of blocks) {
      const attended = normalise(states, block.attentionScale, block.attentionShift);
      const [query, key, value] = [block.query, block.key, block.value].map((matrix) => project(attended, matrix));
      const mixed = attendCausally(query!, key!, value!, shapes); // Eq. 3
      states = states.add(drop(mixed));
      const inner = project(normalise(states, block.networkScale, block.networkShift), block.inner)
        .add(block.innerBias)
        .relu<tf.Tensor2D>();
      states = states.add(drop(project(inner, block.outer).add(block.outerBias))); // Eq. 4
    }
    return normalise(states, scale, shift);
  }

  /** A copy of the parameters, by name. */
  exportArrays(): Record<string, Float32Array> {
    return Object.fromEntries(
      Object.entries(this.#variables).map(([name, variable]) => [name, Float32Array.from(variable.dataSync())]),
    );
  }

  dispose(): void {
    for (const variable of this.variables) variable.dispose();
  }
}

function project(states: tf.Tensor2D, matrix: tf.Variable): tf.Tensor2D {
  return multiplyMatrices(states, matrix as unknown as tf.Tensor2D);
}

function normalise(states: tf.Tensor2D, scale: tf.Variable, shift: tf.Variable): tf.Tensor2D {
  const centred = states.sub(states.mean(1, true));
  const variance = centred.square().mean(1, true);
  return centred.mul(variance.add(normEpsilon).rsqrt()).mul(scale).add(shift) as tf.Tensor2D;
}

/** The first place of each sequence that is not padded; the last where all are. */
function findFirstPlaces(inputs: Int32Array, length: number): Int32Array {
  const firstPlaces = new Int32Array(inputs.length / length);
  for (let sequence = 0; sequence < firstPlaces.length; sequence++) {
    let place = 0;
    while (place < length - 1 && inputs[sequence * length + place] === padding) place++;
    firstPlaces[sequence] = place;
  }
  return firstPlaces;
}

function sampleInitial(name: string, shape: readonly number[], random: RandomStream): Float32Array {
  const [rows, columns] = shape as [number, number | undefined];
  const values = new Float32Array(rows * (columns ?? 1));
  if (columns === undefined) return values.fill(name.endsWith('cale') ? 1 : 0);
  if (name === 'items' || name === 'positions') return values.map(() => embeddingDeviation * random.normal());
  const bound = Math.sqrt(6 / (rows + columns));
  return values.map(() => bound * (2 * random.uniform() - 1));
}
