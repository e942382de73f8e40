import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      'packages/*/vitest.config.ts',
      'packages/*/vitest.browser.config.ts',
      'architecture/vitest.config.ts',
      'benchmarks/vitest.config.ts',
    ],
    // One fewer than there are cores would be a single one where there are two; many tests wait for processes and servers.
    maxWorkers: '100%',
    reporters: ['default', ['json', { outputFile: '.vitest-results.json' }]],
    coverage: { provider: 'v8', include: ['packages/*/src/**'] },
  },
});

export default config;
