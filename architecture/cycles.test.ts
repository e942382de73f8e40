import { describe, expect, it } from 'vitest';
import { checkFileCycles, checkPackageCycles } from './cycles.ts';
import { createExamplePackage } from './example-package.ts';
import { readWorkspace, renderViolations } from './workspace.ts';

const packages = readWorkspace();

it('has no cycle between packages', () => {
  expect(renderViolations(checkPackageCycles(packages))).toEqual([]);
});

it.each(packages.map((pkg) => [pkg.manifest.name, pkg] as const))('%s has no cycle between files', (_name, pkg) => {
  expect(renderViolations(checkFileCycles(pkg))).toEqual([]);
});

describe('cycle check', () => {
  it('finds a circle of packages that a devDependency closes', () => {
    const spec = createExamplePackage('@rppkit/spec', {}, { manifest: { devDependencies: { '@rppkit/env': '1' } } });
    const metrics = createExamplePackage(
      '@rppkit/metrics',
      {},
      { manifest: { dependencies: { '@rppkit/spec': '1' } } },
    );
    const env = createExamplePackage(
      '@rppkit/env',
      {},
      { manifest: { dependencies: { '@rppkit/metrics': '1', '@rppkit/spec': '1' } } },
    );
    expect(checkPackageCycles([spec, metrics, env]).map(({ found }) => found)).toContain(
      '@rppkit/spec → @rppkit/env → @rppkit/metrics → @rppkit/spec',
    );
    expect(checkPackageCycles([metrics, env])).toEqual([]);
  });

  it('finds a circle of files through folders and re-exports', () => {
    const pkg = createExamplePackage('@rppkit/env', {
      'src/index.ts': "export { a } from './a.ts';",
      'src/a.ts': "import { b } from './deep/b.ts';",
      'src/deep/b.ts': "export { c } from '../c.ts';",
      'src/c.ts': "import { a } from './a.ts';",
    });
    expect(checkFileCycles(pkg)).toEqual([
      {
        file: 'packages/env/src/a.ts',
        found: 'src/a.ts → src/deep/b.ts → src/c.ts → src/a.ts',
        rule: 'files do not import each other in a circle (type-only imports are exempt)',
      },
    ]);
  });

  it('exempts imports that are all types, and no others', () => {
    const check = (text: string): number =>
      checkFileCycles(
        createExamplePackage('@rppkit/env', { 'src/a.ts': "import { b } from './b.ts';", 'src/b.ts': text }),
      ).length;
    expect(check("import type { A } from './a.ts';")).toBe(0);
    expect(check("import { type A, type C } from './a.ts';")).toBe(0);
    expect(check("export type { A } from './a.ts';")).toBe(0);
    expect(check("import { type A, c } from './a.ts';")).toBe(1);
    expect(check("import './a.ts';")).toBe(1);
  });
});
