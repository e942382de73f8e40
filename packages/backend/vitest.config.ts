import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

const config: ViteUserConfig = mergeConfig(shared, defineConfig({ test: { exclude: ['src/**/*.browser.test.ts'] } }));

export default config;
