import type { BackendLoader } from './index.ts';

/** In a page, loads the wasm backend with the addresses of its binaries; elsewhere it finds them itself. */
export const wasmLoaders: { readonly wasm?: BackendLoader } =
  typeof document === 'undefined'
    ? {}
    : {
        async wasm() {
          const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
          const [plain, simd, threaded] = await Promise.all([
            import('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.wasm?url'),
            import('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm?url'),
            import('@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.wasm?url'),
          ]);
          setWasmPaths({
            'tfjs-backend-wasm.wasm': plain.default,
            'tfjs-backend-wasm-simd.wasm': simd.default,
            'tfjs-backend-wasm-threaded-simd.wasm': threaded.default,
          });
        },
      };
