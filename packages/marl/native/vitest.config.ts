import { mergeConfig } from 'vitest/config';
import shared from '../../../vitest.shared.ts';

export default mergeConfig(shared, {
  test: { root: new URL('..', import.meta.url).pathname, setupFiles: ['native/setup.ts'] },
});
