import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

const config: ViteUserConfig = mergeConfig(
  shared,
  defineConfig({ test: { isolate: true, exclude: ['src/**/*.browser.test.ts'] } }),
);

export default config;
