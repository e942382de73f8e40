import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config';
import shared from '../vitest.shared.ts';

const config: ViteUserConfig = mergeConfig(
  shared,
  defineConfig({
    test: {
      name: 'benchmarks',
      include: [
        'harness/*.test.ts',
        'newcomer/*.test.ts',
        'calibration/*.test.ts',
        'worlds/*.test.ts',
        'recommenders/*.test.ts',
        'searchers/*.test.ts',
      ],
    },
  }),
);

export default config;
