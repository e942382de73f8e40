import { decodeJointAction, encodeJointAction, type JointAction } from '@rppkit/patterns';
import { findBestFixedPrompt, planBestFixedPrompt } from '@rppkit/search';
import { z } from 'zod';
import { readSuiteFile, removalAdvice } from './read-suite-file.ts';
import type { SuiteSeed } from './suite-seed.ts';

/** The best fixed prompt of a seed, and the calls that found it. */
export interface SuiteBestFixed {
  readonly choice: JointAction;
  readonly calls: number;
}

const schema: z.ZodType<{ readonly choice: number; readonly calls: number }> = z.looseObject({
  choice: z.int().nonnegative(),
  calls: z.int().nonnegative(),
});

/** Finds the best fixed prompt on the training tasks, or reads what was found before. Rejects with `UsageError` for a damaged file. */
export async function findSuiteBestFixed(seed: SuiteSeed): Promise<SuiteBestFixed> {
  const { space, budget, calls, tasks, random, concurrency, signal, folder } = seed;
  const file = `${seed.path}/best-fixed.json`;
  if (folder.has(file)) {
    const kept = readSuiteFile(folder, file, schema, removalAdvice);
    return { choice: decodeJointAction(space, kept.choice), calls: kept.calls };
  }
  const found = await seed.run('best fixed prompt', planBestFixedPrompt(budget, space).calls, () =>
    findBestFixedPrompt({
      tasks: tasks.train,
      calls: budget,
      random: random.split('best-fixed'),
      space,
      model: calls.model,
      concurrency,
      signal,
    }),
  );
  folder.write(file, `${JSON.stringify({ choice: encodeJointAction(space, found.choice), calls: found.calls })}\n`);
  return found;
}
