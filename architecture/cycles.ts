import { posix } from 'node:path';
import { isWorkspaceName } from './manifest-edges.ts';
import { parseImports } from './parsed-imports.ts';
import { isTestFile, type Violation, type WorkspacePackage } from './workspace.ts';

/** Cycles between packages. devDependencies count: the build order follows them too. */
export function checkPackageCycles(packages: readonly WorkspacePackage[]): Violation[] {
  const edges = new Map<string, string[]>();
  for (const { manifest } of packages) {
    const declared = {
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.peerDependencies,
      ...manifest.optionalDependencies,
    };
    edges.set(manifest.name, Object.keys(declared).filter(isWorkspaceName));
  }
  return findCycles(edges).map((cycle) => ({
    file: cycle[0]!,
    found: cycle.join(' → '),
    rule: 'packages do not depend on each other in a circle (devDependencies count)',
  }));
}

/** Cycles between the source files of one package. Type-only imports vanish in the build and are exempt. */
export function checkFileCycles(pkg: WorkspacePackage): Violation[] {
  const edges = new Map<string, string[]>();
  for (const file of pkg.files) {
    if (isTestFile(file.path)) continue;
    const targets = parseImports(file)
      .filter(({ specifier, typeOnly }) => !typeOnly && specifier?.startsWith('.') === true)
      .map(({ specifier }) => posix.normalize(posix.join(posix.dirname(file.path), specifier!)));
    edges.set(file.path, targets);
  }
  return findCycles(edges).map((cycle) => ({
    file: `${pkg.folder}/${cycle[0]}`,
    found: cycle.join(' → '),
    rule: 'files do not import each other in a circle (type-only imports are exempt)',
  }));
}

/** One cycle for each edge that leads back into the path of a depth-first walk; empty exactly when there is none. */
function findCycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (node: string): void => {
    const start = path.indexOf(node);
    if (start >= 0) cycles.push([...path.slice(start), node]);
    if (start >= 0 || finished.has(node)) return;
    path.push(node);
    for (const next of edges.get(node) ?? []) visit(next);
    path.pop();
    finished.add(node);
  };
  for (const node of edges.keys()) visit(node);
  return cycles;
}
