// Runs the suites on the native backend of TensorFlow.js where its library loads; says in one line why not elsewhere.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));

try {
  // `rppkit` lists the package as optional; this one must not, because its install fetches a library of 400 MB.
  const library = createRequire(new URL('../../rppkit/package.json', import.meta.url)).resolve('@tensorflow/tfjs-node');
  createRequire(library)(library);
  const { status } = spawnSync('npx', ['vitest', 'run', '--config', 'native/vitest.config.ts'], {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, RPPKIT_TFJS_NODE: library },
  });
  process.exitCode = status ?? 1;
} catch (error) {
  const [reason] = String(error instanceof Error ? error.message : error).split('\n');
  console.log(`native backend: skipped, @tensorflow/tfjs-node does not load here (${reason})`);
}
