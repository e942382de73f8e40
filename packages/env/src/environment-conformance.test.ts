import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describeVectorEnvironment } from '@rppkit/spec/testing';
import { expect, it } from 'vitest';
import { createTwoOrderEnvironment, spaces } from './testing/two-domains.fixture.ts';

for (const [name, space] of Object.entries(spaces)) {
  describeVectorEnvironment({ name, create: async () => ({ environment: createTwoOrderEnvironment(space) }) });
}

it('gives the same bytes for the same seeds in two processes', async () => {
  const script = fileURLToPath(new URL('testing/run-episodes.fixture.ts', import.meta.url));
  const run = () =>
    promisify(execFile)(process.execPath, [
      '--conditions=rppkit-source',
      '--import',
      import.meta.resolve('tsx'),
      script,
    ]);
  const [first, second] = await Promise.all([run(), run()]);
  expect(first.stdout).toMatch(/^[\da-f]{64}$/);
  expect(second.stdout).toBe(first.stdout);
});
