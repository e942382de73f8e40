import type { ViteUserConfig } from 'vitest/config';
import { createBrowserConfig } from '../../vitest.browser.shared.ts';

const config: ViteUserConfig = createBrowserConfig('@rppkit/backend');

export default config;
