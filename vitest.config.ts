import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      'packages/*/vitest.config.ts',
      'packages/*/vitest.browser.config.ts',
      'architecture/vitest.config.ts',
      'benchmarks/vitest.config.ts',
    ],
    reporters: ['default', ['json', { outputFile: '.vitest-results.json' }]],
    coverage: { provider: 'v8', include: ['packages/*/src/**'] },
  },
});

export default config;
