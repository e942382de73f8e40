import ts from 'typescript';
import type { TextFile, Violation, WorkspacePackage } from './workspace.ts';

/** Compares the names that each entry point exports with the README's `## Exports` section, in both directions. */
export function checkDocumentedExports(pkg: WorkspacePackage): Violation[] {
  const violations: Violation[] = [];
  const documented = parseExportsSection(pkg.readme ?? '');
  const readme = `${pkg.folder}/README.md`;
  const entries = readEntryPoints(pkg);
  for (const [entry, path] of entries) {
    const file = pkg.files.find((candidate) => candidate.path === path);
    if (file === undefined) {
      violations.push({ file: `${pkg.folder}/package.json`, found: path, rule: `the source of ${entry} exists` });
      continue;
    }
    const { names, wildcards } = parseExportedNames(file);
    for (const found of wildcards) {
      violations.push({ file: `${pkg.folder}/${path}`, found, rule: 'an entry point lists its names one by one' });
    }
    const listed = documented.get(entry) ?? new Set();
    for (const name of names) {
      if (!listed.has(name))
        violations.push({ file: readme, found: `no ${name}`, rule: `## Exports lists every export of ${entry}` });
    }
    for (const name of listed) {
      if (!names.has(name))
        violations.push({ file: readme, found: name, rule: `## Exports lists only what ${path} exports` });
    }
  }
  for (const entry of documented.keys()) {
    if (!entries.has(entry))
      violations.push({ file: readme, found: entry, rule: '## Exports names only entry points of package.json' });
  }
  return violations;
}

/** Entry point name → source path, from the `rppkit-source` condition of the exports map. */
function readEntryPoints({ manifest }: WorkspacePackage): Map<string, string> {
  const entries = new Map<string, string>();
  for (const [subpath, target] of Object.entries(manifest.exports ?? {})) {
    const source = typeof target === 'string' ? undefined : target['rppkit-source'];
    if (source !== undefined) entries.set(`${manifest.name}${subpath.slice(1)}`, source.replace(/^\.\//, ''));
  }
  return entries;
}

/** Names of bullets such as ``- `createX`, `XOptions`: what they are``, by the entry point that heads them. */
function parseExportsSection(readme: string): Map<string, Set<string>> {
  const sections = new Map<string, Set<string>>();
  const section = /^## Exports\s*\n([\s\S]*?)(?=^## |(?![\s\S]))/m.exec(readme)?.[1] ?? '';
  let names: Set<string> | undefined;
  for (const line of section.split('\n')) {
    const heading = /^### `([^`]+)`/.exec(line)?.[1];
    if (heading !== undefined) {
      names = new Set();
      sections.set(heading, names);
    }
    const bullet = /^[-*] ((?:`[A-Za-z_$][\w$]*`(?:, )?)+)/.exec(line)?.[1] ?? '';
    for (const match of bullet.matchAll(/`([^`]+)`/g)) names?.add(match[1]!);
  }
  return sections;
}

function parseExportedNames(file: TextFile): { readonly names: Set<string>; readonly wildcards: string[] } {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const names = new Set<string>();
  const wildcards: string[] = [];
  for (const statement of source.statements) {
    if (ts.isExportDeclaration(statement)) {
      const clause = statement.exportClause;
      if (clause === undefined) wildcards.push(statement.getText(source));
      else if (ts.isNamedExports(clause)) for (const element of clause.elements) names.add(element.name.text);
      else names.add(clause.name.text);
    } else if (ts.isExportAssignment(statement)) {
      names.add('default');
    } else if (isExportedDeclaration(statement)) {
      for (const name of readDeclaredNames(statement)) names.add(name);
    }
  }
  return { names, wildcards };
}

function isExportedDeclaration(statement: ts.Statement): boolean {
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

function readDeclaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
  }
  const name = (statement as ts.Statement & { readonly name?: ts.Node }).name;
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
}
