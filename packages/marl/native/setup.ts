import { pathToFileURL } from 'node:url';
import type * as Backend from '@rppkit/backend';
import { vi } from 'vitest';

// Where a test asks for wasm it gets the native backend, so that what compares backends compares it with cpu.
vi.mock('@rppkit/backend', async (importOriginal) => {
  const original = await importOriginal<typeof Backend>();
  const library = pathToFileURL(process.env['RPPKIT_TFJS_NODE']!).href;
  const selectBackend: typeof Backend.selectBackend = (order = ['node']) =>
    original.selectBackend(
      order.map((name) => (name === 'wasm' ? 'node' : name)),
      { loaders: { node: () => import(/* @vite-ignore */ library) } },
    );
  return { ...original, selectBackend };
});
