import { defineConfig, type ViteUserConfig } from 'vitest/config';

/** Tests read the sources of sibling packages through this export condition, so that none needs a build. */
const sourceConditions: string[] = ['rppkit-source', 'module', 'node', 'import', 'default'];

const shared: ViteUserConfig = defineConfig({
  resolve: { conditions: sourceConditions },
  ssr: { resolve: { conditions: sourceConditions, externalConditions: ['node', 'import', 'default'] } },
  test: { include: ['src/**/*.test.ts'], testTimeout: 30_000 },
});

export default shared;
