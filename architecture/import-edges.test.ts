import { describe, expect, it } from 'vitest';
import { allowedImports } from './allowed-imports.ts';
import { createExamplePackage } from './example-package.ts';
import { checkManifestEdges } from './manifest-edges.ts';
import { checkSourceEdges } from './source-edges.ts';
import { readWorkspace, renderViolations } from './workspace.ts';

const packages = readWorkspace();

describe.each(packages.map((pkg) => [pkg.manifest.name, pkg] as const))('%s', (_name, pkg) => {
  it('declares only allowed edges', () => {
    expect(renderViolations(checkManifestEdges(pkg))).toEqual([]);
  });

  it('imports only along allowed edges', () => {
    expect(renderViolations(checkSourceEdges(pkg))).toEqual([]);
  });
});

it('reads the whole workspace', () => {
  expect(packages.map((pkg) => pkg.manifest.name)).toEqual(
    expect.arrayContaining(['@rppkit/spec', 'rppkit', '@rppkit/benchmarks']),
  );
  expect(packages.every((pkg) => pkg.files.length > 0)).toBe(true);
});

it('has a table without circles: every package comes after those it may import', () => {
  const order = Object.keys(allowedImports);
  const finished = new Set<string>();
  while (finished.size < order.length) {
    const ready = order.filter(
      (name) => !finished.has(name) && allowedImports[name]!.workspace.every((edge) => finished.has(edge)),
    );
    expect(ready).not.toEqual([]);
    for (const name of ready) finished.add(name);
  }
});

describe('manifest check', () => {
  const explain = (name: string, manifest: object): string[] =>
    checkManifestEdges(createExamplePackage(name, {}, { manifest })).map(({ found, rule }) => `${found}: ${rule}`);

  it('accepts the edges of the table', () => {
    expect(
      explain('@rppkit/marl', {
        dependencies: { '@rppkit/spec': '1', '@rppkit/policy': '1' },
        peerDependencies: { '@tensorflow/tfjs': '4' },
      }),
    ).toEqual([]);
  });

  it('rejects a workspace edge that is not in the table, in every kind of dependency', () => {
    const rule = '@rppkit/marl may import only @rppkit/spec, @rppkit/policy, @rppkit/regression, @rppkit/backend';
    const env = { '@rppkit/env': '1' };
    expect(explain('@rppkit/marl', { dependencies: env })).toEqual([`dependency @rppkit/env: ${rule}`]);
    expect(explain('@rppkit/marl', { peerDependencies: env })).toEqual([`peer @rppkit/env: ${rule}`]);
    expect(explain('@rppkit/marl', { optionalDependencies: env })).toEqual([
      `optional dependency @rppkit/env: ${rule}`,
    ]);
  });

  it('leaves devDependencies free', () => {
    expect(explain('@rppkit/marl', { devDependencies: { '@rppkit/simulator': '1', 'fast-check': '4' } })).toEqual([]);
  });

  it('rejects an unknown third-party package and the wrong kind of a known one', () => {
    expect(explain('@rppkit/metrics', { dependencies: { jstat: '1' } })).toEqual([
      'dependency jstat: @rppkit/metrics may declare nothing',
    ]);
    expect(explain('@rppkit/marl', { dependencies: { '@tensorflow/tfjs': '4' } })).toEqual([
      'dependency @tensorflow/tfjs: @tensorflow/tfjs is allowed as peer',
    ]);
    expect(explain('@rppkit/env', { peerDependencies: { '@langchain/core': '1' } })).toEqual([
      'peer @langchain/core: @langchain/core is allowed as optional peer',
    ]);
  });

  it('rejects a package without a row', () => {
    expect(explain('@rppkit/unheard-of', {})).toEqual([
      '@rppkit/unheard-of: every package needs a row in architecture/allowed-imports.ts',
    ]);
  });
});

describe('source check', () => {
  const explain = (name: string, path: string, text: string, manifest: object = {}): string[] =>
    checkSourceEdges(createExamplePackage(name, { [path]: text }, { manifest })).map(
      ({ file, found, rule }) => `${file}: ${found}: ${rule}`,
    );
  const declared = {
    dependencies: { '@rppkit/spec': '1', '@rppkit/metrics': '1', lmdb: '3' },
    peerDependencies: { '@langchain/core': '1' },
  };

  it('accepts what the table allows', () => {
    expect(
      explain('@rppkit/env', 'src/reward.ts', "import { a } from '@rppkit/spec';\nexport * from './b.ts';", declared),
    ).toEqual([]);
    expect(
      explain('@rppkit/env', 'src/langchain/model.ts', "import { A } from '@langchain/core/messages';", declared),
    ).toEqual([]);
    expect(
      explain(
        '@rppkit/env',
        'src/node/store.ts',
        "import { open } from 'lmdb';\nimport { join } from 'node:path';",
        declared,
      ),
    ).toEqual([]);
  });

  it.each([
    ["import { a } from '@rppkit/env';", 'declaration'],
    ["import type { A } from '@rppkit/env';", 'type import'],
    ["export { a } from '@rppkit/env/node';", 're-export'],
    ["const a = await import('@rppkit/env');", 'dynamic import'],
    ["const a = require('@rppkit/env');", 'require'],
    ["let a: import('@rppkit/env').A;", 'import type node'],
    ["import(hidden); const hidden: string = '@rppkit/env';", 'dynamic import of a constant'],
  ])('rejects a forbidden edge: %s (%s)', (text) => {
    expect(explain('@rppkit/marl', 'src/learner.ts', `\n${text}`)).toEqual([
      expect.stringMatching(
        /^packages\/marl\/src\/learner\.ts:2: import of @rppkit\/env.*: @rppkit\/marl may import only/,
      ),
    ]);
  });

  it('rejects an allowed import that package.json does not declare', () => {
    expect(explain('@rppkit/marl', 'src/learner.ts', "import { a } from '@rppkit/policy';")).toEqual([
      'packages/marl/src/learner.ts:1: import of @rppkit/policy: @rppkit/policy is not declared in packages/marl/package.json',
    ]);
  });

  it('keeps LangChain, LMDB and Node where they belong', () => {
    expect(explain('@rppkit/env', 'src/index.ts', "import { A } from '@langchain/core/messages';", declared)).toEqual([
      expect.stringContaining('@langchain/core is for /langchain of @rppkit/env'),
    ]);
    expect(explain('@rppkit/env', 'src/index.ts', "import { open } from 'lmdb';", declared)).toEqual([
      expect.stringContaining('lmdb is for /node of @rppkit/env'),
    ]);
    for (const specifier of ['node:fs', 'fs', 'fs/promises']) {
      expect(explain('@rppkit/env', 'src/index.ts', `import '${specifier}';`)).toEqual([
        expect.stringContaining('the rest runs in a browser'),
      ]);
    }
    expect(explain('rppkit', 'src/cli.ts', "import 'node:fs';")).toEqual([]);
    expect(explain('@rppkit/env', 'src/model.ts', "import { store } from './node/store.ts';")).toEqual([
      expect.stringContaining('only /node, /testing may import files of /node'),
    ]);
    expect(explain('@rppkit/datasets', 'src/a.ts', "import { a } from '@rppkit/spec/testing';", declared)).toEqual([
      expect.stringContaining("only /testing may import another package's /testing"),
    ]);
  });

  it('keeps a package that needs Node to the folders for Node', () => {
    const zip = { dependencies: { yauzl: '3' } };
    expect(explain('@rppkit/datasets', 'src/node/a.ts', "import { open } from 'yauzl';", zip)).toEqual([]);
    expect(explain('@rppkit/datasets', 'src/a.ts', "import { open } from 'yauzl';", zip)).toEqual([
      expect.stringContaining('yauzl is for /node of @rppkit/datasets'),
    ]);
  });

  it('rejects relative imports out of the package, computed names and imports of tests', () => {
    expect(explain('@rppkit/env', 'src/a.ts', "import { a } from '../../spec/src/index.ts';")).toEqual([
      expect.stringContaining('stays inside its package'),
    ]);
    expect(explain('@rppkit/env', 'src/a.ts', 'await import(name);')).toEqual([
      expect.stringContaining('import of a computed name'),
    ]);
    expect(explain('@rppkit/env', 'src/a.ts', "import { a } from './b.test.ts';")).toEqual([
      expect.stringContaining('sources do not import tests'),
    ]);
  });

  it('lets tests use any /testing and third-party tools, but no other edge', () => {
    expect(
      explain('@rppkit/marl', 'src/a.test.ts', "import 'vitest';\nimport 'node:fs';\nimport '@rppkit/env/testing';"),
    ).toEqual([]);
    expect(explain('@rppkit/marl', 'src/a.test.ts', "import '@rppkit/env';")).toEqual([
      expect.stringContaining('a test that joins others lives in rppkit'),
    ]);
    expect(explain('@rppkit/marl', 'src/a.test.ts', "import '../../env/src/a.ts';")).toEqual([
      expect.stringContaining('stays inside its package'),
    ]);
  });
});
