import type { ViteUserConfig } from 'vitest/config';
import { createBrowserConfig } from '../../vitest.browser.shared.ts';

const config: ViteUserConfig = createBrowserConfig('@rppkit/datasets', [
  // Files on a disk, and what tests read from one, need Node.
  'src/node/**',
  'src/candidates/reference-candidates.test.ts',
  'src/describe/describe-dataset.test.ts',
  'src/lint/lint.test.ts',
]);

export default config;
