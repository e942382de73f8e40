import { readFileSync } from 'node:fs';
import type { Options } from 'tsup';

interface PackageManifest {
  readonly exports: Readonly<Record<string, { readonly 'rppkit-source'?: string } | string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** The build of every package: each entry of its `exports` map, as ESM and CommonJS, with declarations unless
 * `--no-dts` is passed (the `bundle` script). Run from the package's folder. */
const manifest: PackageManifest = JSON.parse(readFileSync('package.json', 'utf8'));
const entry: Record<string, string> = {};
for (const [subpath, target] of Object.entries(manifest.exports)) {
  const source = typeof target === 'string' ? undefined : target['rppkit-source'];
  if (source !== undefined) entry[subpath === '.' ? 'index' : subpath.slice(2)] = source;
}
if (manifest.bin !== undefined) entry['cli'] = './src/cli.ts';

const withDeclarations: boolean = !process.argv.includes('--no-dts');

const build: Options = {
  entry,
  // tsup leaves out dependencies and peers by itself, but not these.
  external: Object.keys(manifest.optionalDependencies ?? {}),
  format: ['esm', 'cjs'],
  platform: 'node',
  target: 'es2022',
  dts: withDeclarations,
  clean: withDeclarations,
  sourcemap: true,
  splitting: true,
  removeNodeProtocol: false,
};

export default build;
