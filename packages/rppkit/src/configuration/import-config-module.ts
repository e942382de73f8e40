import { resolve } from 'node:path';
import { makeRelative } from '../commands/options.ts';
import { UsageError } from '../usage-error.ts';
import { defineExperiment } from './define-experiment.ts';

/**
 * The default export of a TypeScript or JavaScript file, awaited. Throws `UsageError` where it cannot be loaded, has none,
 * or imports something else than `defineExperiment` from `rppkit`.
 */
export async function importConfigModule(path: string): Promise<unknown> {
  const { createJiti } = await import('jiti');
  const jiti = createJiti(resolve(path), {
    fsCache: false,
    moduleCache: false,
    interopDefault: false,
    virtualModules: { rppkit: ownModule },
  });
  let loaded: Readonly<Record<string, unknown>>;
  let value: unknown;
  try {
    loaded = await jiti.import(resolve(path));
    value = await loaded['default'];
  } catch (error) {
    throw new UsageError(
      `Expected ${path} to be a module that can be loaded, received: ${describeFault(error)} Correct it.`,
      { cause: error },
    );
  }
  if (value === undefined) {
    const names = Object.keys(loaded).filter((name) => name !== 'default');
    throw new UsageError(
      `Expected ${path} to have a default export, received ${names.length === 0 ? 'no export' : names.join(', ')}. Write: export default defineExperiment({ … })`,
    );
  }
  return value;
}

/**
 * What a configuration file imports from `rppkit`: found wherever the command line is installed, and without loading the
 * models and charts that the real entry point brings.
 */
const ownModule: object = new Proxy(
  { defineExperiment },
  {
    get(target, name) {
      if (name in target || typeof name === 'symbol' || ['__esModule', 'default', 'then'].includes(name)) {
        return Reflect.get(target, name);
      }
      throw new UsageError(`a configuration file can import only defineExperiment from rppkit, not ${name}.`);
    },
  },
);

/** On one line, with a full stop. Node lists the files that required a missing one on further lines. */
function describeFault(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const line = message
    .replace(
      /^ParseError: (.*?)\s*\n (.*):(\d+):(\d+)$/s,
      (_, fault: string, file: string, row: string, column: string) => {
        // Columns are counted from 0 there.
        return `${fault} (${makeRelative(file)}:${row}:${Number(column) + 1})`;
      },
    )
    .replace(/\nRequire stack:.*$/s, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
