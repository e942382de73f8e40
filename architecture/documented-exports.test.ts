import { describe, expect, it } from 'vitest';
import { checkDocumentedExports } from './documented-exports.ts';
import { createExamplePackage } from './example-package.ts';
import { readWorkspace, renderViolations } from './workspace.ts';

const published = readWorkspace().filter((pkg) => pkg.manifest.private !== true);

it.each(published.map((pkg) => [pkg.manifest.name, pkg] as const))(
  '%s documents exactly what it exports',
  (_name, pkg) => {
    expect(renderViolations(checkDocumentedExports(pkg))).toEqual([]);
  },
);

describe('documented exports check', () => {
  const index =
    "export { computeNdcg, type NdcgOptions as Options } from './ndcg.ts';\nexport const chance: number = 1;\nexport interface Gain {}";
  const manifest = {
    exports: {
      '.': { 'rppkit-source': './src/index.ts' },
      './node': { 'rppkit-source': './src/node/index.ts' },
      './package.json': './package.json',
    },
  };
  const complete = [
    '# metrics',
    '## Exports',
    '### `@rppkit/metrics`',
    '- `computeNdcg`, `Options`: gain `2^r - 1`, throws `RppError`.',
    '- `chance`',
    '* `Gain`: a type',
    '### `@rppkit/metrics/node`',
    '- `readGains`: reads',
    '## Licence',
    '- `notAnExport`',
  ].join('\n');
  const explain = (readme: string | undefined, node = "export { readGains } from './read-gains.ts';"): string[] =>
    checkDocumentedExports(
      createExamplePackage(
        '@rppkit/metrics',
        { 'src/index.ts': index, 'src/node/index.ts': node },
        readme === undefined ? { manifest } : { manifest, readme },
      ),
    ).map(({ found, rule }) => `${found}: ${rule}`);

  it('accepts lists that agree', () => {
    expect(explain(complete)).toEqual([]);
  });

  it('finds an export that the README leaves out, per entry point', () => {
    expect(explain(complete.replace('- `chance`\n', ''))).toEqual([
      'no chance: ## Exports lists every export of @rppkit/metrics',
    ]);
    expect(explain(complete, "export { readGains, writeGains } from './gains.ts';")).toEqual([
      'no writeGains: ## Exports lists every export of @rppkit/metrics/node',
    ]);
    expect(explain(undefined)).toHaveLength(5);
  });

  it('finds a listed name that is not exported', () => {
    expect(explain(complete.replace('`chance`', '`chance`, `luck`'))).toEqual([
      'luck: ## Exports lists only what src/index.ts exports',
    ]);
  });

  it('finds unknown entry points and wildcard exports', () => {
    expect(explain(complete.replace('metrics/node`', 'metrics/nodes`'))).toEqual([
      'no readGains: ## Exports lists every export of @rppkit/metrics/node',
      '@rppkit/metrics/nodes: ## Exports names only entry points of package.json',
    ]);
    expect(explain(complete, "export { readGains } from './a.ts';\nexport * from './b.ts';")).toEqual([
      "export * from './b.ts';: an entry point lists its names one by one",
    ]);
  });
});
