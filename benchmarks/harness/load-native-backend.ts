import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * Loads @tensorflow/tfjs-node where `rppkit` has it: the package is optional there and listed nowhere else, because its
 * install fetches a library of 400 MB. Rejects where it is not installed or its library does not load.
 */
export async function loadNativeBackend(): Promise<unknown> {
  const library = createRequire(new URL('../../packages/rppkit/package.json', import.meta.url)).resolve(
    '@tensorflow/tfjs-node',
  );
  return import(pathToFileURL(library).href);
}
