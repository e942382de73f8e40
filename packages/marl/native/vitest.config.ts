import { mergeConfig, type ViteUserConfig } from 'vitest/config';
import shared from '../../../vitest.shared.ts';

const native: ViteUserConfig = mergeConfig(shared, {
  test: { root: new URL('..', import.meta.url).pathname, setupFiles: ['native/setup.ts'] },
});

export default native;
