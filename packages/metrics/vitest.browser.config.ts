import { existsSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

/** Runs the unit tests once more, in Chromium. */
const executablePath: string = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

const found: boolean = existsSync(executablePath);
if (!found) console.warn(`@rppkit/metrics: tests in a browser are left out, no Chromium at ${executablePath}`);

const config: ViteUserConfig = mergeConfig(
  shared,
  defineConfig({
    test: {
      name: '@rppkit/metrics (browser)',
      include: found ? ['src/**/*.test.ts'] : [],
      // What tests files or bundles needs Node.
      exclude: ['src/**/*.node.test.ts'],
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: { executablePath, args: ['--no-sandbox'] } }),
        instances: [{ browser: 'chromium' }],
      },
    },
  }),
);

export default config;
