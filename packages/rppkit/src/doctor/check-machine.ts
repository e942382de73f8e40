import { existsSync, mkdtempSync, rmdirSync, statfsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type BackendLoader, selectBackend } from '@rppkit/backend';
import { formatBytes } from '../terminal/format-bytes.ts';
import type { Check } from './check.ts';

/** Node that the packages support, as their manifests say. */
const leastNode = [20, 19] as const;
/** A run of a paid model with 30,000 calls takes about a tenth of it. */
const plentyOfSpace = 1e9;
const littleSpace = 5e7;

/** The version of Node, such as `v20.19.0`. */
export function checkNode(version: string): Check {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number) as [number, number];
  const fits = major > leastNode[0] || (major === leastNode[0] && minor >= leastNode[1]);
  const check = { name: 'Node', found: version };
  return fits
    ? { ...check, verdict: 'ok' }
    : { ...check, verdict: 'failed', advice: `Install Node ${leastNode.join('.')} or newer.` };
}

/** The TensorFlow.js backend that training would run on. */
export async function checkBackend(loadNative: BackendLoader): Promise<Check> {
  const name = 'TensorFlow.js backend';
  try {
    const { name: found, rejected } = await selectBackend(['node', 'wasm', 'cpu'], { loaders: { node: loadNative } });
    const why = rejected.map((other) => `${other.name}: ${other.reason}`).join('; ');
    if (found !== 'cpu') {
      return { name, verdict: 'ok', found: why === '' ? found : `${found} (${why}, which is fine)` };
    }
    return {
      name,
      verdict: 'warning',
      found: `cpu (${why})`,
      advice: 'Training works, several times slower. Install the packages again so that WebAssembly is there.',
    };
  } catch (error) {
    return { name, verdict: 'failed', found: describe(error), advice: 'Install the packages again.' };
  }
}

/** Whether the runs folder, or the folder that it would be made in, can be written, and how much space is left there. */
export function checkRunsFolder(root: string): Check {
  const name = 'runs folder';
  const place = findExisting(resolve(root));
  try {
    // Permissions alone do not tell: a disk may be read-only.
    rmdirSync(mkdtempSync(join(place, '.rppkit-')));
    const { bavail, bsize } = statfsSync(place);
    const free = bavail * bsize;
    const check = { name, found: `${root} can be written, ${formatBytes(free)} free` };
    if (free >= plentyOfSpace) return { ...check, verdict: 'ok' };
    const advice = 'Free some space, such as with rppkit runs clean, or pass another --runs.';
    return { ...check, verdict: free < littleSpace ? 'failed' : 'warning', advice };
  } catch (error) {
    return {
      name,
      verdict: 'failed',
      found: `${root} cannot be written: ${describe(error)}`,
      advice: 'Pass a --runs that you may write.',
    };
  }
}

/** The folder itself, or the nearest one above it that exists. */
function findExisting(path: string): string {
  return existsSync(path) ? path : findExisting(dirname(path));
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message.split('\n', 1)[0]! : String(error);
}
