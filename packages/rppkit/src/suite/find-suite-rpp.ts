import { readFileSync } from 'node:fs';
import { decodePolicy, encodePolicy } from '@rppkit/policy';
import type { RunFolder } from '../run-folder/run-folder.ts';
import type { SuiteSeed } from './suite-seed.ts';
import { type SuitePolicy, trainSuitePolicy } from './train-suite-policy.ts';

/** Whether the RPP of a model and seed was trained before; `path` is theirs. */
export function isRppKept(folder: RunFolder, path: string): boolean {
  return folder.has(`${path}/rpp.json`);
}

/** RPP of a seed, trained or read from where it was kept: swapped users and other models get its prompts, too. */
export async function findSuiteRpp(seed: SuiteSeed): Promise<SuitePolicy> {
  const { folder, path } = seed;
  const [policyFile, callsFile] = [`${path}/rpp.rpp`, `${path}/rpp.json`];
  if (isRppKept(folder, path)) {
    const { calls } = folder.readJson(callsFile) as { readonly calls: number };
    return { file: decodePolicy(readFileSync(folder.resolve(policyFile))), calls };
  }
  const policy = await trainSuitePolicy(seed, { space: seed.space });
  folder.write(policyFile, encodePolicy(policy.file));
  // Last: where it is, the policy is whole.
  folder.write(callsFile, `${JSON.stringify({ calls: policy.calls })}\n`);
  return policy;
}
