import { readFileSync } from 'node:fs';
import { decodePolicy, encodePolicy } from '@rppkit/policy';
import { z } from 'zod';
import type { RunFolder } from '../run-folder/run-folder.ts';
import { createSuiteFileError, readSuiteFile, removalAdvice } from './read-suite-file.ts';
import type { SuiteSeed } from './suite-seed.ts';
import { type SuitePolicy, trainSuitePolicy } from './train-suite-policy.ts';

/** Whether the RPP of a model and seed was trained before; `path` is theirs. */
export function isRppKept(folder: RunFolder, path: string): boolean {
  return folder.has(`${path}/rpp.json`);
}

const schema: z.ZodType<{ readonly calls: number }> = z.looseObject({ calls: z.int().nonnegative() });

/**
 * RPP of a seed, trained or read from where it was kept: swapped users and other models get its prompts, too. Rejects with `UsageError`
 * for a damaged file.
 */
export async function findSuiteRpp(seed: SuiteSeed): Promise<SuitePolicy> {
  const { folder, path } = seed;
  const [policyFile, callsFile] = [`${path}/rpp.rpp`, `${path}/rpp.json`];
  if (isRppKept(folder, path)) {
    const { calls } = readSuiteFile(folder, callsFile, schema, removalAdvice);
    try {
      return { file: decodePolicy(readFileSync(folder.resolve(policyFile))), calls };
    } catch (error) {
      throw createSuiteFileError(
        folder,
        policyFile,
        (error as Error).message.replace(/\.$/, ''),
        `${removalAdvice} ${callsFile} goes with it.`,
      );
    }
  }
  const policy = await trainSuitePolicy(seed, { space: seed.space });
  folder.write(policyFile, encodePolicy(policy.file));
  // Last: where it is, the policy is whole.
  folder.write(callsFile, `${JSON.stringify({ calls: policy.calls })}\n`);
  return policy;
}
