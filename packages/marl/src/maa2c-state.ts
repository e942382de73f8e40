import { InvalidArgumentError } from '@rppkit/spec';

/** Everything that training changes; plain data that survives a structured clone. */
export interface Maa2cState {
  readonly learner: 'maa2c';
  readonly version: 1;
  readonly updates: number;
  readonly optimizerSteps: readonly [actors: number, critic: number];
  readonly tensors: readonly { readonly shape: readonly number[]; readonly values: Float32Array }[];
}

/**
 * Throws `InvalidArgumentError` unless the state was saved by a learner whose tensors have these shapes, every tensor
 * holds as many values as its shape says, and all counters are non-negative integers.
 */
export function assertMaa2cState(state: Maa2cState, shapes: readonly (readonly number[])[]): void {
  const expected = `maa2c 1: ${shapes.map((shape) => `[${shape}]`).join(' ')}`;
  const received = `${state.learner} ${state.version}: ${state.tensors.map(({ shape }) => `[${shape}]`).join(' ')}`;
  if (expected !== received) {
    throw new InvalidArgumentError('state', `saved by a learner of the same architecture (${expected})`, received);
  }
  for (const [index, { shape, values }] of state.tensors.entries()) {
    const length = shape.reduce((product, size) => product * size, 1);
    if (values.length !== length) {
      throw new InvalidArgumentError(`state.tensors[${index}].values`, `a Float32Array of length ${length}`, values);
    }
  }
  const [actorSteps, criticSteps] = state.optimizerSteps;
  assertCounter('updates', state.updates);
  assertCounter('optimizerSteps[0]', actorSteps);
  assertCounter('optimizerSteps[1]', criticSteps);
}

function assertCounter(name: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 0)) {
    throw new InvalidArgumentError(`state.${name}`, 'a non-negative integer', value);
  }
}
