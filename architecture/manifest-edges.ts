import { allowedImports, type ThirdPartyRule } from './allowed-imports.ts';
import type { Manifest, Violation, WorkspacePackage } from './workspace.ts';

const kinds = ['dependency', 'optional dependency', 'peer', 'optional peer'] as const;

/** Checks what a package declares (all but devDependencies) against the table of allowed imports. */
export function checkManifestEdges(pkg: WorkspacePackage): Violation[] {
  const { manifest } = pkg;
  const file = `${pkg.folder}/package.json`;
  const rule = allowedImports[manifest.name];
  if (rule === undefined) {
    return [{ file, found: manifest.name, rule: 'every package needs a row in architecture/allowed-imports.ts' }];
  }
  const violations: Violation[] = [];
  for (const kind of kinds) {
    for (const name of readDeclared(manifest, kind)) {
      const fail = (text: string): void => void violations.push({ file, found: `${kind} ${name}`, rule: text });
      if (isWorkspaceName(name)) {
        if (!rule.workspace.includes(name)) fail(`${manifest.name} may import ${list(rule.workspace)}`);
        continue;
      }
      const allowed = rule.thirdParty[name];
      if (allowed === undefined) fail(`${manifest.name} may declare ${list(Object.keys(rule.thirdParty))}`);
      else if (!acceptsKind(allowed, kind)) fail(`${name} is allowed as ${allowed.as}`);
    }
  }
  return violations;
}

/** Names that a package declares for run time. */
export function readRuntimeNames(manifest: Manifest): Set<string> {
  return new Set(kinds.flatMap((kind) => readDeclared(manifest, kind)));
}

/** Whether the name belongs to this repository. */
export function isWorkspaceName(name: string): boolean {
  return name === 'rppkit' || name.startsWith('@rppkit/');
}

/** Words for a list of names in a rule's text. */
export function list(names: readonly string[]): string {
  return names.length === 0 ? 'nothing' : `only ${names.join(', ')}`;
}

function acceptsKind(allowed: ThirdPartyRule, kind: (typeof kinds)[number]): boolean {
  // A stricter form of the same promise is fine: a peer may be optional where its use is.
  return allowed.as === kind || (allowed.as === 'peer' && kind === 'optional peer');
}

function readDeclared(manifest: Manifest, kind: (typeof kinds)[number]): string[] {
  if (kind === 'dependency') return Object.keys(manifest.dependencies ?? {});
  if (kind === 'optional dependency') return Object.keys(manifest.optionalDependencies ?? {});
  const optional = kind === 'optional peer';
  return Object.keys(manifest.peerDependencies ?? {}).filter(
    (name) => (manifest.peerDependenciesMeta?.[name]?.optional ?? false) === optional,
  );
}
