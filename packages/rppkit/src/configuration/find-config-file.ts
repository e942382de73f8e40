import { statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { UsageError } from '../usage-error.ts';

const endings: readonly string[] = ['.ts', '.js', '.mjs', '.json'];

/** What a configuration file is called where it is found without being named. */
export const configFileNames: readonly string[] = endings.map((ending) => `rppkit.config${ending}`);

/**
 * The path of the configuration file: the one that was named, else `rppkit.config.ts`, `.js`, `.mjs` or `.json` in a folder
 * (default: the working folder); undefined where there is none. Throws `UsageError` where the folder holds several, and for
 * the name of something that cannot be a configuration file.
 */
export function findConfigFile(named: string | undefined, folder = ''): string | undefined {
  if (named !== undefined) return assertConfigFile(named);
  const present = configFileNames.map((name) => join(folder, name)).filter(isFile);
  if (present.length > 1) {
    throw new UsageError(
      `Expected one configuration file, received ${present.join(' and ')}. Name one with --config, or remove the others.`,
    );
  }
  return present[0];
}

function assertConfigFile(path: string): string {
  const shown = JSON.stringify(path);
  if (!isFile(path)) {
    throw new UsageError(
      `Expected --config to be the path of a file, received ${shown}, which is none. Check the path.`,
    );
  }
  if (!endings.includes(extname(path))) {
    throw new UsageError(
      `Expected --config to name a file that ends in ${endings.join(', ')}, received ${shown}. Rename it.`,
    );
  }
  return path;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
