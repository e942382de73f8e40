import type { ExperimentResults } from './results.ts';

/** What was trained on which model, as a sentence or two for people. */
export function describeTransfer({ run, trainedOn, evaluatedOn }: NonNullable<ExperimentResults['transfer']>): string {
  return `RPP was trained on ${trainedOn} (run ${run}) and is evaluated on ${evaluatedOn}. The best fixed prompt is that of run ${run}, too, found with ${trainedOn}.`;
}
