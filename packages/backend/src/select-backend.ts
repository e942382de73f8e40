import { InvalidArgumentError, RppError } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { registerMissingKernels } from './register-missing-kernels.ts';

/** The TensorFlow.js backends in the order of their usual speed: native library, WebAssembly, plain JavaScript. */
export type BackendName = 'node' | 'wasm' | 'cpu';

/** A backend that was tried, or could not be, and why. */
export interface RejectedBackend {
  readonly name: BackendName;
  readonly reason: string;
}

export interface SelectedBackend {
  readonly name: BackendName;
  /** Why this one, such as `first choice` or `tfjs-node: native library not installed`. */
  readonly reason: string;
  /** Those that stood before it in the order. */
  readonly rejected: readonly RejectedBackend[];
}

/** Imports the package that registers a backend with `@tensorflow/tfjs`. */
export type BackendLoader = () => Promise<unknown>;

/** None of the wanted backends runs here. */
export class NoBackendError extends RppError {
  readonly rejected: readonly RejectedBackend[];

  constructor(rejected: readonly RejectedBackend[]) {
    const tried = rejected.map(({ name, reason }) => `${name}: ${reason}`).join('; ');
    super(
      'NO_BACKEND',
      `Expected a TensorFlow.js backend that runs here, received none (${tried === '' ? 'nothing to try' : tried}). Add 'cpu' to the order, which runs everywhere.`,
    );
    this.rejected = rejected;
  }
}

/**
 * Makes the first backend of `order` that runs the current one of `@tensorflow/tfjs`, and says so in one line to `log`.
 * The caller goes on with its own import of `@tensorflow/tfjs`. `loaders` replaces the import of a backend's package:
 * an application passes `{ node: () => import('@tensorflow/tfjs-node') }` where that package is installed beside the
 * application and not beside this one. Calls made at the same time take turns, in their order: the last one decides,
 * and a loader must not wait for another call.
 * Throws `NoBackendError` where none runs and `InvalidArgumentError` for a name that is no backend.
 */
export async function selectBackend(
  order: readonly BackendName[] = ['node', 'wasm', 'cpu'],
  {
    log,
    loaders = {},
  }: {
    /** Default: nothing is written. */
    readonly log?: (line: string) => void;
    readonly loaders?: Partial<Readonly<Record<BackendName, BackendLoader>>>;
  } = {},
): Promise<SelectedBackend> {
  const unknown = [...order].find((name) => !Object.hasOwn(registeredNames, name));
  if (unknown !== undefined) throw new InvalidArgumentError('order', 'of node, wasm and cpu', unknown);
  return takeTurn(async () => {
    const selected = await selectFirst([...order], loaders);
    log?.(`TensorFlow.js backend: ${selected.name} (${selected.reason})`);
    return selected;
  });
}

async function selectFirst(
  order: readonly BackendName[],
  loaders: Partial<Readonly<Record<BackendName, BackendLoader>>>,
): Promise<SelectedBackend> {
  const rejected: RejectedBackend[] = [];
  for (const name of order) {
    const problem = await withoutNoise(() => tryBackend(name, loaders[name] ?? defaultLoaders[name]));
    if (problem !== undefined) {
      rejected.push({ name, reason: problem });
      continue;
    }
    const reason =
      rejected.length === 0
        ? 'first choice'
        : rejected.map((other) => `${packageNames[other.name]}: ${other.reason}`).join('; ');
    return { name, reason, rejected };
  }
  throw new NoBackendError(rejected);
}

/** Settles when the calls so far are over. */
let earlierCalls: Promise<unknown> = Promise.resolve();

/** Runs after the calls before it: of two at once, each would take the other's mode and backend for those of the process. */
function takeTurn<Result>(run: () => Promise<Result>): Promise<Result> {
  const result = earlierCalls.then(run);
  earlierCalls = result.catch(() => undefined);
  return result;
}

const packageNames: Readonly<Record<BackendName, string>> = {
  node: 'tfjs-node',
  wasm: 'tfjs-backend-wasm',
  cpu: 'tfjs',
};

/** Under which name each package registers its backend. */
const registeredNames: Readonly<Record<BackendName, string>> = { node: 'tensorflow', wasm: 'wasm', cpu: 'cpu' };

// Bundlers for browsers must not follow this import: the package is native and optional.
const nodePackage: string = '@tensorflow/tfjs-node';

const defaultLoaders: Readonly<Record<BackendName, BackendLoader>> = {
  node: () => import(/* @vite-ignore */ /* webpackIgnore: true */ nodePackage),
  wasm: () => import('@tensorflow/tfjs-backend-wasm'),
  // `@tensorflow/tfjs` brings it.
  cpu: async () => undefined,
};

/** Makes the backend current and computes once with it. Returns what went wrong, in words, or undefined. */
async function tryBackend(name: BackendName, load: BackendLoader): Promise<string | undefined> {
  if (name === 'node') {
    if (typeof process === 'undefined' || process.versions?.node === undefined) return 'runs on Node.js only';
  }
  try {
    if (name === 'node') prepareForTensorFlowNode();
    await load();
  } catch (error) {
    return describeLoadError(error);
  }
  const registered = registeredNames[name];
  if (tf.findBackendFactory(registered) === null) return 'registered with another copy of @tensorflow/tfjs-core';
  // Empty before the first backend of the process.
  const previous = tf.getBackend() as string | undefined | null;
  const problem = await findProblem(registered);
  if (problem !== undefined && previous) await tf.setBackend(previous);
  return problem;
}

async function findProblem(registered: string): Promise<string | undefined> {
  try {
    if (!(await tf.setBackend(registered))) return 'could not be initialised';
    registerMissingKernels(registered);
    const sum = tf.tidy(
      () =>
        tf
          .add(tf.tensor1d([1, 2]), 3)
          .sum()
          .dataSync()[0],
    );
    return sum === 9 ? undefined : `computed ${sum} where 9 is right`;
  } catch (error) {
    return firstLine(error);
  }
}

/**
 * Runs in TensorFlow.js's production mode, in which it prints nothing: no advertisement for another backend on the first
 * operation, no note that a kernel was registered twice.
 */
async function withoutNoise<Result>(run: () => Promise<Result>): Promise<Result> {
  const production = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  try {
    return await run();
  } finally {
    tf.env().set('PROD', production);
  }
}

function prepareForTensorFlowNode(): void {
  // Hides the native library's notes on instruction sets; errors stay. A value that the user set is kept.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // tfjs-node 4.22 calls two functions that Node 23 removed from `util`.
  // Absent on Node 21 and early 22, which still have the two functions.
  const util = process.getBuiltinModule?.('node:util') as
    | { isNullOrUndefined?: unknown; isArray?: unknown }
    | undefined;
  if (util === undefined) return;
  util.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
}

function describeLoadError(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') return 'package not installed';
  const line = firstLine(error);
  return line.includes('native addon module') ? 'native library not installed' : line;
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0]!.trim();
}
