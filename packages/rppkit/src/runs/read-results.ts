import type { ExperimentResults } from '../experiment/results.ts';
import { readCheckedResults } from '../run-folder/checked-files.ts';
import { openRunFolder } from '../run-folder/run-folder.ts';
import { assertNotRunning } from '../run-folder/run-lock.ts';
import { assertTraining, describeGoOn, isUnfinished, nameGoOn } from '../run-folder/run-manifest.ts';
import { UsageError } from '../usage-error.ts';

/** `results.json` of a run. Throws `UsageError` that says how to go on where there are none, or none that can be read. */
export function readResults(root: string, run: string): ExperimentResults {
  const folder = openRunFolder(root, run);
  const results = readCheckedResults(folder.resolve('results.json'));
  // As it was written, in the order of its fields; the check covers what lists of runs show too.
  if ('value' in results) return folder.readJson('results.json') as ExperimentResults;
  if (results.writer !== undefined) {
    throw new UsageError(
      `Expected results that this rppkit reads, received ${folder.path}: ${results.problem}. Read it with npx rppkit@${results.writer}.`,
    );
  }
  assertTraining(folder);
  assertNotRunning(folder.path);
  const [state, goOn] = isUnfinished(folder)
    ? (['has not ended', describeGoOn(folder, nameGoOn(folder))] as const)
    : (['is done', describeGoOn(folder, 'evaluate --run')] as const);
  throw new UsageError(
    `Expected run ${run} to hold results, received ${results.problem} in ${folder.path}; the run ${state}. Go on with: ${goOn}`,
  );
}
