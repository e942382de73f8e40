import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NoBackendError, selectBackend } from './index.ts';

/** What `require('@tensorflow/tfjs-node')` throws without its native library, shortened. */
const missingLibrary = async (): Promise<never> => {
  throw new Error(
    'The Node.js native addon module (tfjs_binding.node) can not be found at path: /somewhere. \nPlease run …',
  );
};
const missingPackage = async (): Promise<never> => {
  throw Object.assign(new Error("Cannot find package '@tensorflow/tfjs-node'"), { code: 'ERR_MODULE_NOT_FOUND' });
};

afterEach(() => {
  vi.restoreAllMocks();
});

describe('selectBackend', () => {
  it('takes the next backend where the native library is missing, and says so in one line', async () => {
    const lines: string[] = [];
    const selected = await selectBackend(undefined, {
      log: (line) => lines.push(line),
      loaders: { node: missingLibrary },
    });
    expect(lines).toEqual(['TensorFlow.js backend: wasm (tfjs-node: native library not installed)']);
    expect(selected).toEqual({
      name: 'wasm',
      reason: 'tfjs-node: native library not installed',
      rejected: [{ name: 'node', reason: 'native library not installed' }],
    });
    expect(tf.getBackend()).toBe('wasm');
  });

  it('keeps to the order that was asked for', async () => {
    const lines: string[] = [];
    expect((await selectBackend(['cpu', 'wasm'], { log: (line) => lines.push(line) })).name).toBe('cpu');
    expect(lines).toEqual(['TensorFlow.js backend: cpu (first choice)']);
    expect(tf.getBackend()).toBe('cpu');
  });

  it('refuses a package that registers its backend with another copy of TensorFlow.js', async () => {
    const selected = await selectBackend(['node', 'cpu'], { loaders: { node: async () => ({}) } });
    expect(selected.reason).toBe('tfjs-node: registered with another copy of @tensorflow/tfjs-core');
  });

  it.each(['webgl', 'constructor'])('refuses the unknown backend %s', async (name) => {
    await expect(selectBackend([name as 'cpu'])).rejects.toThrow(`of node, wasm and cpu, received "${name}"`);
  });

  it('refuses a backend that cannot start, and leaves the earlier one current', async () => {
    await selectBackend(['cpu']);
    tf.registerBackend('tensorflow', () => {
      throw new Error('no such instruction\nmore');
    });
    const selected = selectBackend(['node'], { loaders: { node: async () => undefined } });
    await expect(selected).rejects.toThrow(/node: could not be initialised/);
    tf.removeBackend('tensorflow');
    expect(tf.getBackend()).toBe('cpu');
    expect(tf.scalar(2).add(1).dataSync()[0]).toBe(3);
  });

  it('throws a typed error with every reason where none runs', async () => {
    const loaders = { node: missingPackage, wasm: async () => Promise.reject(new Error('no WebAssembly')) };
    const error: unknown = await selectBackend(['node', 'wasm'], { loaders }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoBackendError);
    expect((error as NoBackendError).rejected).toEqual([
      { name: 'node', reason: 'package not installed' },
      { name: 'wasm', reason: 'no WebAssembly' },
    ]);
    expect((error as NoBackendError).message).toContain('node: package not installed; wasm: no WebAssembly');
  });

  it('takes turns where it is called twice at once, and restores the mode of TensorFlow.js', async () => {
    const events: string[] = [];
    const slow = (event: string) => async (): Promise<void> => {
      events.push(`${event} begins`);
      await new Promise((resolve) => setTimeout(resolve, 5));
      events.push(`${event} ends`);
    };
    const selected = await Promise.all([
      selectBackend(['cpu'], { loaders: { cpu: slow('first') } }),
      selectBackend(['wasm', 'cpu'], { loaders: { wasm: missingPackage, cpu: slow('second') } }),
      selectBackend(['node'], { loaders: { node: missingPackage } }).catch((error: unknown) => error),
      selectBackend(['wasm']),
    ]);
    expect(events).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
    expect(selected[2]).toBeInstanceOf(NoBackendError);
    expect([selected[1].name, selected[3].name]).toEqual(['cpu', 'wasm']);
    expect(tf.getBackend()).toBe('wasm');
    expect(tf.env().getBool('PROD')).toBe(false);
  });

  it('lets TensorFlow.js print nothing, neither while choosing nor on the first operation, and restores its mode', async () => {
    const noise = [
      vi.spyOn(console, 'warn'),
      vi.spyOn(console, 'log'),
      vi.spyOn(console, 'info'),
      vi.spyOn(console, 'error'),
    ];
    tf.removeBackend('cpu');
    tf.registerBackend('cpu', cpuFactory, 1);
    await selectBackend(['cpu']);
    tf.tensor1d([1]).add(1).dataSync();
    for (const spy of noise) expect(spy).not.toHaveBeenCalled();
    expect(tf.env().getBool('PROD')).toBe(false);
  });
});

// Taken before any backend is made: a removed backend loses its factory.
const cpuFactory = tf.findBackendFactory('cpu');
