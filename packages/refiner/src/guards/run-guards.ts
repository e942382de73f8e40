import type { Guard, GuardOutcome, Rewrite } from './guard.ts';

/** What one guard found, for the lineage of an expression. */
export type GuardReport = GuardOutcome & {
  /** Name of the guard. */
  readonly guard: string;
};

/**
 * What each guard finds, in the order of the guards. All of them are asked, also behind one that rejects, so that a model can
 * be told everything at once.
 */
export async function runGuards(
  guards: readonly Guard[],
  rewrite: Rewrite,
  options: { readonly signal?: AbortSignal } = {},
): Promise<readonly GuardReport[]> {
  const reports: GuardReport[] = [];
  for (const guard of guards) reports.push({ guard: guard.name, ...(await guard.check(rewrite, options)) });
  return reports;
}
