import type { Refinement } from '../rewriting/refinement.ts';
import type { GrowthState } from './lineage.ts';

/** Arms and counts with one more refinement of an expression. */
export function countRefinement<Progress extends Pick<GrowthState, 'arms' | 'counts'>>(
  progress: Progress,
  { pattern, id, refinement }: { readonly pattern: string; readonly id: string; readonly refinement: Refinement },
): Progress {
  const { counts, arms } = progress;
  const given: readonly string[] =
    refinement.kind === 'rejected' ? refinement.reasons : refinement.kind === 'failed' ? [refinement.failure] : [];
  const reasons: Record<string, number> = { ...counts.reasons };
  for (const reason of given) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return {
    ...progress,
    arms: arms.map((arm) =>
      arm.pattern === pattern && arm.id === id ? { ...arm, refinements: arm.refinements + 1 } : arm,
    ),
    counts: {
      ...counts,
      refineCalls: counts.refineCalls + refinement.calls,
      [refinement.kind]: counts[refinement.kind] + 1,
      reasons,
    },
  };
}
