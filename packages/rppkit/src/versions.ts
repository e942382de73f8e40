import { version as tensorflow } from '@tensorflow/tfjs';
import manifest from '../package.json' with { type: 'json' };

/** Versions that results depend on. */
export function getVersions(): Readonly<Record<string, string>> {
  return { rppkit: manifest.version, node: process.version, tfjs: tensorflow.tfjs! };
}
