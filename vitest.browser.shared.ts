import { existsSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config';
import shared from './vitest.shared.ts';

/**
 * Runs the unit tests of a package once more, in Chromium, but for those named `*.node.test.ts` and those that `exclude`
 * names. Without Chromium there are none, and a warning says so.
 */
export function createBrowserConfig(name: string, exclude: readonly string[] = []): ViteUserConfig {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  const found = existsSync(executablePath);
  if (!found) console.warn(`${name}: tests in a browser are left out, no Chromium at ${executablePath}`);
  return mergeConfig(
    shared,
    defineConfig({
      test: {
        name: `${name} (browser)`,
        include: found ? ['src/**/*.test.ts'] : [],
        exclude: ['src/**/*.node.test.ts', ...exclude],
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
}
