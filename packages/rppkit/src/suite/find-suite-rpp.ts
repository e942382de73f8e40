import { readFileSync } from 'node:fs';
import { decodePolicy, encodePolicy } from '@rppkit/policy';
import type { SuiteSeed } from './suite-seed.ts';
import { type SuitePolicy, trainSuitePolicy } from './train-suite-policy.ts';

/** RPP of a seed, trained or read from where it was kept: swapped users and other models get its prompts, too. */
export async function findSuiteRpp(seed: SuiteSeed): Promise<SuitePolicy> {
  const { folder, path } = seed;
  const [policyFile, callsFile] = [`${path}/rpp.rpp`, `${path}/rpp.json`];
  if (folder.has(callsFile)) {
    const { calls } = folder.readJson(callsFile) as { readonly calls: number };
    return { file: decodePolicy(readFileSync(folder.resolve(policyFile))), calls };
  }
  const policy = await trainSuitePolicy(seed, { space: seed.space });
  folder.write(policyFile, encodePolicy(policy.file));
  // Last: where it is, the policy is whole.
  folder.write(callsFile, `${JSON.stringify({ calls: policy.calls })}\n`);
  return policy;
}
