import { InvalidArgumentError } from '@rppkit/spec';

/** Everything that training changes; plain data that survives a structured clone. */
export interface LearnerState {
  /** Name of the algorithm. */
  readonly learner: string;
  readonly version: 1;
  readonly updates: number;
  /** Steps of each optimiser. */
  readonly optimizerSteps: readonly number[];
  readonly tensors: readonly { readonly shape: readonly number[]; readonly values: Float32Array }[];
  /** What an algorithm keeps beside its networks, such as a replay memory. */
  readonly extra?: unknown;
}

/**
 * Throws `InvalidArgumentError` unless the state was saved by a learner of this name whose tensors have these shapes, every
 * tensor holds as many values as its shape says, and all counters are non-negative integers.
 */
export function assertLearnerState(
  state: LearnerState,
  learner: string,
  shapes: readonly (readonly number[])[],
  optimizers: number,
): void {
  const describe = (name: string, version: number, all: readonly (readonly number[])[]): string =>
    `${name} ${version}: ${all.map((shape) => `[${shape}]`).join(' ')}`;
  const expected = describe(learner, 1, shapes);
  const received = describe(
    state.learner,
    state.version,
    state.tensors.map(({ shape }) => shape),
  );
  if (expected !== received) {
    throw new InvalidArgumentError('state', `saved by a learner of the same architecture (${expected})`, received);
  }
  for (const [index, { shape, values }] of state.tensors.entries()) {
    const length = shape.reduce((product, size) => product * size, 1);
    if (values.length !== length) {
      throw new InvalidArgumentError(`state.tensors[${index}].values`, `a Float32Array of length ${length}`, values);
    }
  }
  if (state.optimizerSteps.length !== optimizers) {
    throw new InvalidArgumentError('state.optimizerSteps', `of ${optimizers} optimisers`, state.optimizerSteps.length);
  }
  for (const [index, steps] of state.optimizerSteps.entries()) assertCounter(`optimizerSteps[${index}]`, steps);
  assertCounter('updates', state.updates);
}

function assertCounter(name: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 0)) {
    throw new InvalidArgumentError(`state.${name}`, 'a non-negative integer', value);
  }
}
