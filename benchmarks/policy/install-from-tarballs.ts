import { execFile } from 'node:child_process';
import { readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packPackages } from '../tarballs/pack-packages.ts';
import { getPlainEnvironment } from '../tarballs/plain-environment.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);

/** What serving needs; all else comes as a dependency of these. */
const wanted = ['@rppkit/policy', '@rppkit/env', '@rppkit/patterns'] as const;

/**
 * Builds and packs the packages that serve, and installs their tarballs into `folder` with npm, as a user would. Resolves
 * with the names of all that was installed; rejects where TensorFlow is among it. Needs no network: what the packages
 * depend on from outside is linked to this repository's own installation.
 */
export async function installFromTarballs(folder: string): Promise<readonly string[]> {
  const packed = await packPackages('@rppkit/env', join(folder, 'tarballs'));
  const files = new Map(Array.from(packed, ([name, path]) => [name, `file:${path}`]));
  const manifest = {
    private: true,
    dependencies: Object.fromEntries(wanted.map((name) => [name, files.get(name)])),
    overrides: { ...Object.fromEntries(files), ...(await locateOutsideDependencies([...files.keys()])) },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await run('npm', ['install', '--offline', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    env: getPlainEnvironment(),
  });
  const paths = await readdir(join(folder, 'node_modules'), { recursive: true });
  const foreign = paths.find((path) => /tensorflow|tfjs/i.test(path));
  if (foreign !== undefined) throw new Error(`Expected an installation without TensorFlow, received ${foreign}.`);
  return paths.filter((path) => /^(@[^/\\]+[/\\])?[^@./\\][^/\\]*$/.test(path)).sort();
}

/** Where this repository has the dependencies of these packages that are none of its own. */
async function locateOutsideDependencies(names: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const located: Record<string, string> = {};
  for (const name of names) {
    const folder = join(repository, 'packages', name.slice('@rppkit/'.length));
    const { dependencies = {} } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
      readonly dependencies?: Readonly<Record<string, string>>;
    };
    for (const dependency of Object.keys(dependencies)) {
      if (dependency.startsWith('@rppkit/')) continue;
      located[dependency] = `file:${await realpath(join(folder, 'node_modules', dependency))}`;
    }
  }
  return located;
}
