import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Tests read the sources of sibling packages through this export condition, so that none needs a build. */
const sourceConditions: string[] = ['rppkit-source', 'node', 'import', 'default'];

const shared: ViteUserConfig = defineConfig({
  resolve: { conditions: sourceConditions },
  ssr: { resolve: { conditions: sourceConditions, externalConditions: ['node', 'import', 'default'] } },
  // Loading modules anew for each file takes longer than most tests; what changes global state says `isolate: true`.
  test: { include: ['src/**/*.test.ts'], testTimeout: 60_000, isolate: false },
});

export default shared;
