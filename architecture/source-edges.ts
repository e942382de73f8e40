import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { allowedImports, nodeFolders, type PackageRule, restrictedEntryPoints } from './allowed-imports.ts';
import { isWorkspaceName, list, readRuntimeNames } from './manifest-edges.ts';
import { type ParsedImport, parseImports } from './parsed-imports.ts';
import { isTestFile, type TextFile, type Violation, type WorkspacePackage } from './workspace.ts';

const relativeRule = 'a relative import stays inside its package; import others by name';

/** Checks every import of a package's sources and tests against the table of allowed imports. */
export function checkSourceEdges(pkg: WorkspacePackage): Violation[] {
  const rule = allowedImports[pkg.manifest.name];
  if (rule === undefined) return [];
  const declared = readRuntimeNames(pkg.manifest);
  const violations: Violation[] = [];
  for (const file of pkg.files) {
    if (!isPublished(pkg, file) && !isTestFile(file.path)) continue;
    for (const found of parseImports(file)) {
      const broken = isTestFile(file.path)
        ? explainTestImport(pkg, rule, file, found)
        : explainImport(pkg, rule, declared, file, found);
      if (broken === undefined) continue;
      const place = `${pkg.folder}/${file.path}:${found.line}`;
      violations.push({ file: place, found: `import of ${found.specifier ?? 'a computed name'}`, rule: broken });
    }
  }
  return violations;
}

/** The rule that an import of a source file breaks, or undefined. */
function explainImport(
  pkg: WorkspacePackage,
  rule: PackageRule,
  declared: ReadonlySet<string>,
  file: TextFile,
  { specifier, typeOnly }: ParsedImport,
): string | undefined {
  const folder = readEntryFolder(file.path);
  if (specifier === undefined)
    return rule.application
      ? undefined
      : 'an import names its module by a string literal or a top-level constant, so that this check sees it';
  if (specifier.startsWith('.')) return explainRelative(rule, file, folder, specifier, typeOnly);
  if (isBuiltin(specifier)) {
    if (rule.application || nodeFolders.includes(folder)) return undefined;
    return `Node's own modules are for ${nodeFolders.map((name) => `/${name}`).join(', ')} and applications; the rest runs in a browser`;
  }
  const { name, subpath } = splitSpecifier(specifier);
  if (isWorkspaceName(name)) {
    if (!rule.workspace.includes(name)) return `${pkg.manifest.name} may import ${list(rule.workspace)}`;
    const entry = explainEntryPoint(pkg, rule, folder, subpath);
    if (entry !== undefined) return entry;
  } else {
    const allowed = rule.thirdParty[name];
    if (allowed === undefined)
      return `${pkg.manifest.name} may import ${list(Object.keys(rule.thirdParty))} from outside`;
    if (allowed.under !== undefined && !allowed.under.includes(folder)) {
      return `${name} is for ${allowed.under.map((place) => `/${place}`).join(', ')} of ${pkg.manifest.name}`;
    }
  }
  return declared.has(name) ? undefined : `${name} is not declared in ${pkg.folder}/package.json`;
}

/** Tests may use what the package may use, and any package's `/testing`; third-party names are free. */
function explainTestImport(
  pkg: WorkspacePackage,
  rule: PackageRule,
  file: TextFile,
  { specifier }: ParsedImport,
): string | undefined {
  if (specifier === undefined || isBuiltin(specifier)) return undefined;
  if (specifier.startsWith('.')) return leavesPackage(file, specifier) ? relativeRule : undefined;
  const { name, subpath } = splitSpecifier(specifier);
  if (!isWorkspaceName(name) || rule.workspace.includes(name) || subpath === 'testing') return undefined;
  return `tests of ${pkg.manifest.name} may import ${list(rule.workspace)} and any /testing; a test that joins others lives in rppkit`;
}

function leavesPackage(file: TextFile, specifier: string): boolean {
  return posix.normalize(posix.join(posix.dirname(file.path), specifier)).startsWith('..');
}

function explainRelative(
  rule: PackageRule,
  file: TextFile,
  folder: string,
  specifier: string,
  typeOnly: boolean,
): string | undefined {
  if (leavesPackage(file, specifier)) return relativeRule;
  const target = posix.normalize(posix.join(posix.dirname(file.path), specifier));
  if (isTestFile(target)) return 'sources do not import tests';
  const targetFolder = readEntryFolder(target);
  const restricted = restrictedEntryPoints[targetFolder];
  if (typeOnly || rule.application || restricted === undefined || targetFolder === folder) return undefined;
  return restricted.from.includes(folder)
    ? undefined
    : `only ${renderFolders(restricted.from)} may import files of /${targetFolder}`;
}

function explainEntryPoint(
  pkg: WorkspacePackage,
  rule: PackageRule,
  folder: string,
  subpath: string,
): string | undefined {
  const restricted = restrictedEntryPoints[subpath];
  if (restricted === undefined || restricted.from.includes(folder)) return undefined;
  if (rule.application && (restricted.applications || pkg.manifest.private === true)) return undefined;
  return `only ${renderFolders(restricted.from)} may import another package's /${subpath}`;
}

function renderFolders(folders: readonly string[]): string {
  return folders.map((name) => `/${name}`).join(', ');
}

/** Build and test configuration is neither published nor a test. */
function isPublished(pkg: WorkspacePackage, file: TextFile): boolean {
  return pkg.manifest.private === true
    ? !/(^|\/)(vitest|tsup)\.config\.ts$/.test(file.path)
    : file.path.startsWith('src/');
}

/** The folder of `src` that a file belongs to: `node` for `src/node/store.ts`, empty for the main entry. */
function readEntryFolder(path: string): string {
  const parts = path.split('/');
  return parts[0] === 'src' && parts.length > 2 ? parts[1]! : '';
}

function splitSpecifier(specifier: string): { readonly name: string; readonly subpath: string } {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, length).join('/'), subpath: parts.slice(length).join('/') };
}
