import { existsSync } from 'node:fs';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig, type ViteUserConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

/** Runs the unit tests of the core once more, in Chromium. */
const executablePath: string = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

const found: boolean = existsSync(executablePath);
if (!found) console.warn(`@rppkit/datasets: tests in a browser are left out, no Chromium at ${executablePath}`);

const config: ViteUserConfig = mergeConfig(
  shared,
  defineConfig({
    test: {
      name: '@rppkit/datasets (browser)',
      include: found ? ['src/**/*.test.ts'] : [],
      // Files on a disk, and what tests read from one, need Node.
      exclude: [
        'src/node/**',
        'src/**/*.node.test.ts',
        'src/candidates/reference-candidates.test.ts',
        'src/describe/describe-dataset.test.ts',
        'src/lint/lint.test.ts',
      ],
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
