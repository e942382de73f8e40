import { InvalidArgumentError } from '@rppkit/spec';

/** Weights, or a moment of the optimiser. */
export interface SavedTensor {
  /** Such as `actor/role/hidden/0/kernel`. `save` always writes it; a state put together elsewhere may leave it out. */
  readonly name?: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
}

/** Everything that training changes; plain data that survives a structured clone. */
export interface LearnerState {
  /** Name of the algorithm. */
  readonly learner: string;
  readonly version: 1;
  readonly updates: number;
  /** Steps of each optimiser. */
  readonly optimizerSteps: readonly number[];
  readonly tensors: readonly SavedTensor[];
  /** What an algorithm keeps beside its networks, such as a replay memory. */
  readonly extra?: unknown;
}

/**
 * Throws `InvalidArgumentError` unless the state was saved by a learner of this name whose tensors have these shapes and,
 * where the state names them, these names, every tensor holds as many values as its shape says, and all counters are
 * non-negative integers.
 */
export function assertLearnerState(
  state: LearnerState,
  learner: string,
  tensors: readonly { readonly name: string; readonly shape: readonly number[] }[],
  optimizers: number,
): void {
  const origin = `${learner}, version 1`;
  if (state.learner !== learner || state.version !== 1) {
    const received = `${state.learner}, version ${state.version}`;
    throw new InvalidArgumentError('state', `saved by a learner of the same architecture (${origin})`, received);
  }
  for (let index = 0; index < Math.max(tensors.length, state.tensors.length); index++) {
    const expected = tensors[index];
    const received = state.tensors[index];
    const wanted = expected === undefined ? 'absent' : describeTensor(expected.name, expected.shape);
    const found = received === undefined ? 'absent' : describeTensor(received.name ?? expected?.name, received.shape);
    if (wanted !== found) {
      throw new InvalidArgumentError(
        `state.tensors[${index}]`,
        `saved by a learner of the same architecture (${wanted})`,
        found,
      );
    }
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

function describeTensor(name: string | undefined, shape: readonly number[]): string {
  return `${name ?? 'without a name'} [${shape.join(', ')}]`;
}

function assertCounter(name: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 0)) {
    throw new InvalidArgumentError(`state.${name}`, 'a non-negative integer', value);
  }
}
