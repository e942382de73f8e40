import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const cli = fileURLToPath(new URL('cli.ts', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Modules that a command loads, as its coverage lists them. */
function listModules(...args: string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'rppkit-start-'));
  try {
    const { status } = spawnSync(process.execPath, ['--conditions=rppkit-source', '--import', tsx, cli, ...args], {
      env: { ...process.env, NODE_V8_COVERAGE: folder },
    });
    expect(status).toBe(0);
    return readdirSync(folder).flatMap((file) => {
      const { result } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      return result.map(({ url }: { url: string }) => url);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it.each([
  [['--help']],
  [['train', '--help']],
  [['config', 'explain', '--help']],
  [['init', '--help']],
  [['data', 'tasks', '--help']],
  [['runs', 'clean', '--help']],
  [['compare', '--help']],
  [['headroom', '--help']],
  [['table', 'record', '--help']],
])('rppkit %j loads no readers, models, schemas or charts', (args) => {
  const loaded = listModules(...args);
  expect(loaded.some((url) => url.endsWith('rppkit/src/run-cli.ts'))).toBe(true);
  const heavy =
    /packages\/(?!rppkit\/|spec\/)[a-z]+\/src|node_modules\/(zod|jiti|vega|log-update|hyparquet|yauzl|@tensorflow|@langchain)/;
  expect(loaded.filter((url) => heavy.test(url))).toEqual([]);
});
