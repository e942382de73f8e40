/** How a third-party package may be declared, and where in `src` it may be imported. */
export interface ThirdPartyRule {
  readonly as: 'dependency' | 'optional dependency' | 'peer' | 'optional peer';
  /** Folders of `src`, such as `node`; absent: anywhere. */
  readonly under?: readonly string[];
}

export interface PackageRule {
  /** Workspace packages that it may import. */
  readonly workspace: readonly string[];
  readonly thirdParty: Readonly<Record<string, ThirdPartyRule>>;
  /** True for applications: Node's own modules and entry points for Node may be used anywhere in it. */
  readonly application: boolean;
}

const tfjs = '@tensorflow/tfjs';
const wasm = '@tensorflow/tfjs-backend-wasm';
const tfjsNode = '@tensorflow/tfjs-node';

const libraries = [
  '@rppkit/spec',
  '@rppkit/metrics',
  '@rppkit/datasets',
  '@rppkit/patterns',
  '@rppkit/policy',
  '@rppkit/regression',
  '@rppkit/env',
  '@rppkit/backend',
  '@rppkit/marl',
  '@rppkit/search',
  '@rppkit/recommenders',
  '@rppkit/refiner',
  '@rppkit/simulator',
] as const;

/**
 * Who may import whom: the one table of allowed edges. A new edge or a new third-party package needs a row here and a
 * decision record under `docs/decisions`.
 */
export const allowedImports: Readonly<Record<string, PackageRule>> = {
  '@rppkit/spec': library([], { vitest: { as: 'optional peer', under: ['testing'] } }),
  '@rppkit/metrics': library(['@rppkit/spec']),
  '@rppkit/patterns': library(['@rppkit/spec']),
  '@rppkit/policy': library(['@rppkit/spec']),
  '@rppkit/regression': library(['@rppkit/spec']),
  '@rppkit/datasets': library(['@rppkit/spec'], {
    entities: { as: 'dependency' },
    hyparquet: { as: 'dependency', under: ['parquet'] },
    'hyparquet-compressors': { as: 'dependency', under: ['parquet'] },
    yauzl: { as: 'dependency', under: ['node'] },
  }),
  '@rppkit/backend': library(['@rppkit/spec'], {
    [tfjs]: { as: 'peer' },
    [wasm]: { as: 'optional peer' },
    [tfjsNode]: { as: 'optional peer' },
  }),
  '@rppkit/marl': library(['@rppkit/spec', '@rppkit/policy', '@rppkit/regression', '@rppkit/backend'], {
    [tfjs]: { as: 'peer' },
  }),
  '@rppkit/env': library(['@rppkit/spec', '@rppkit/metrics', '@rppkit/patterns', '@rppkit/policy'], {
    '@langchain/core': { as: 'optional peer', under: ['langchain'] },
    lmdb: { as: 'dependency', under: ['node'] },
  }),
  '@rppkit/search': library(
    ['@rppkit/spec', '@rppkit/env', '@rppkit/patterns', '@rppkit/metrics', '@rppkit/policy', '@rppkit/regression'],
    {
      vitest: { as: 'optional peer', under: ['testing'] },
    },
  ),
  '@rppkit/recommenders': library(['@rppkit/spec', '@rppkit/datasets', '@rppkit/metrics', '@rppkit/backend'], {
    [tfjs]: { as: 'optional peer' },
    vitest: { as: 'optional peer', under: ['testing'] },
  }),
  '@rppkit/refiner': library(['@rppkit/spec', '@rppkit/patterns', '@rppkit/env'], { zod: { as: 'peer' } }),
  '@rppkit/simulator': library(['@rppkit/spec', '@rppkit/datasets'], { '@langchain/core': { as: 'peer' } }),
  rppkit: {
    workspace: libraries,
    thirdParty: {
      '@langchain/core': { as: 'dependency' },
      '@langchain/openai': { as: 'dependency' },
      '@langchain/anthropic': { as: 'dependency' },
      '@langchain/ollama': { as: 'dependency' },
      langchain: { as: 'dependency' },
      zod: { as: 'dependency' },
      commander: { as: 'dependency' },
      'csv-parse': { as: 'dependency' },
      'log-update': { as: 'dependency' },
      jiti: { as: 'dependency' },
      vega: { as: 'dependency' },
      'vega-lite': { as: 'dependency' },
      '@opentelemetry/api': { as: 'optional peer' },
      [tfjs]: { as: 'dependency' },
      [wasm]: { as: 'dependency' },
      [tfjsNode]: { as: 'optional dependency' },
    },
    application: true,
  },
  '@rppkit/benchmarks': {
    workspace: [...libraries, 'rppkit'],
    thirdParty: {
      '@langchain/core': { as: 'dependency' },
      '@langchain/openai': { as: 'dependency' },
      'csv-parse': { as: 'dependency' },
      'playwright-core': { as: 'dependency' },
      [tfjs]: { as: 'dependency' },
      [wasm]: { as: 'dependency' },
      [tfjsNode]: { as: 'optional dependency' },
    },
    application: true,
  },
};

/** Entry points (and the folders behind them) that only some folders of a library may import. */
export const restrictedEntryPoints: Readonly<
  Record<string, { readonly from: readonly string[]; readonly applications: boolean }>
> = {
  node: { from: ['node', 'testing'], applications: true },
  langchain: { from: ['langchain'], applications: true },
  // Published code that runs without a test runner must not pull one in; benches use the local servers of `/testing`.
  testing: { from: ['testing'], applications: false },
};

/** Folders of a library whose code runs on Node only. */
export const nodeFolders: readonly string[] = ['node', 'testing'];

function library(workspace: readonly string[], thirdParty: Readonly<Record<string, ThirdPartyRule>> = {}): PackageRule {
  return { workspace, thirdParty, application: false };
}
