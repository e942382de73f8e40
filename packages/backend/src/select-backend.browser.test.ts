import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { selectBackend } from './index.ts';
import { wasmLoaders } from './wasm-loaders.fixture.ts';

describe('selectBackend in a page', () => {
  it('never asks for the native library, and takes wasm where its binaries are found', async () => {
    const lines: string[] = [];
    const selected = await selectBackend(undefined, { log: (line) => lines.push(line), loaders: wasmLoaders });
    expect(selected.rejected).toEqual([{ name: 'node', reason: 'runs on Node.js only' }]);
    expect(lines).toEqual(['TensorFlow.js backend: wasm (tfjs-node: runs on Node.js only)']);
    expect(tf.getBackend()).toBe('wasm');
    expect(tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0]).toBe(11);
  });

  it('goes on with plain JavaScript where wasm is not wanted', async () => {
    expect((await selectBackend(['node', 'cpu'])).name).toBe('cpu');
    expect(tf.matMul([[1, 2]], [[3], [4]]).dataSync()[0]).toBe(11);
  });
});
