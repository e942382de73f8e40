import { execFile } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { getPlainEnvironment } from './plain-environment.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/**
 * Builds the package `root` and those of this repository that it depends on, and packs them into `folder`, which is made, as
 * they would be published. Resolves with the names of the packages and the paths of their tarballs.
 */
export async function packPackages(root: string, folder: string): Promise<ReadonlyMap<string, string>> {
  await mkdir(folder, { recursive: true });
  const filter = `--filter=${root}...`;
  await runPnpm('exec', 'turbo', 'run', 'build', filter, '--output-logs=errors-only');
  const packed = JSON.parse(await runPnpm(filter, 'pack', '--json', '--pack-destination', folder)) as PackedPackage[];
  return new Map(packed.map(({ name, filename }) => [name, filename]));
}

interface PackedPackage {
  readonly name: string;
  readonly filename: string;
}

/** Through npx, so that it works without pnpm on the path. */
async function runPnpm(...args: readonly string[]): Promise<string> {
  const { packageManager } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
    readonly packageManager: string;
  };
  // The list of what was packed is long.
  const options = { cwd: repository, env: getPlainEnvironment(), maxBuffer: 64 * 1024 * 1024 };
  return (await run('npx', ['-y', packageManager, ...args], options)).stdout;
}
