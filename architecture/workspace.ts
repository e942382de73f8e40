import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A text file of the repository; `path` has forward slashes and starts at the package folder (or the repository). */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, string | { readonly 'rppkit-source'?: string }>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A workspace package as the checks see it; tests build small ones in memory. */
export interface WorkspacePackage {
  /** Relative to the repository, such as `packages/spec`. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** TypeScript files, tests included. */
  readonly files: readonly TextFile[];
  readonly readme: string | undefined;
}

/** One broken rule: where, what was found there, and the rule. */
export interface Violation {
  readonly file: string;
  readonly found: string;
  readonly rule: string;
}

const repositoryFolder: string = fileURLToPath(new URL('..', import.meta.url));

const generatedFolders = new Set(['node_modules', 'dist', 'coverage', 'build', 'runs']);
const keptDotFolders = new Set(['.ci', '.github', '.changeset']);
const textFile = /\.(ts|tsx|js|mjs|cjs|json|md|mdx|yml|yaml|sh|csv|html|css)$/;

/** Whether a file is a test: run by vitest, never published. */
export function isTestFile(path: string): boolean {
  return /\.(test|test-d)\.tsx?$/.test(path);
}

/** Renders violations one a line for an assertion message. */
export function renderViolations(violations: readonly Violation[]): string[] {
  return violations.map(({ file, found, rule }) => `${file}: ${found}: ${rule}`);
}

/** All packages under `packages/` and the benchmarks package. */
export function readWorkspace(): WorkspacePackage[] {
  const folders = readdirSync(join(repositoryFolder, 'packages')).map((name) => `packages/${name}`);
  return [...folders, 'benchmarks']
    .filter((folder) => existsSync(join(repositoryFolder, folder, 'package.json')))
    .map(readPackage);
}

/** Every text file that belongs to the repository, generated folders and the lock file left out. */
export function readTextFiles(folder = ''): TextFile[] {
  const files: TextFile[] = [];
  for (const entry of readdirSync(join(repositoryFolder, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      const wanted = entry.name.startsWith('.') ? keptDotFolders.has(entry.name) : !generatedFolders.has(entry.name);
      if (wanted) files.push(...readTextFiles(path));
    } else if (path === '.ci/run' || (textFile.test(entry.name) && !isGeneratedFile(entry.name))) {
      files.push({ path, text: readFileSync(join(repositoryFolder, path), 'utf8') });
    }
  }
  return files;
}

function isGeneratedFile(name: string): boolean {
  return name === 'pnpm-lock.yaml' || name === '.vitest-results.json';
}

function readPackage(folder: string): WorkspacePackage {
  const absolute = join(repositoryFolder, folder);
  const readme = join(absolute, 'README.md');
  return {
    folder,
    manifest: JSON.parse(readFileSync(join(absolute, 'package.json'), 'utf8')) as Manifest,
    files: readTextFiles(folder)
      .filter(({ path }) => /\.tsx?$/.test(path))
      .map(({ path, text }) => ({ path: path.slice(folder.length + 1), text })),
    readme: existsSync(readme) ? readFileSync(readme, 'utf8') : undefined,
  };
}
