import type { Expression, Pattern } from '@rppkit/patterns';
import type { GrowthState } from './lineage.ts';
import { findArm } from './tally-arms.ts';

/**
 * The expression of a pattern to refine next: what is chosen most now, each refinement of it so far making others more
 * likely. None that is retired, says nothing or takes part in a test; undefined where that leaves nothing that is chosen.
 */
export function chooseParent(
  { name, expressions }: Pattern,
  { arms, children }: Pick<GrowthState, 'arms' | 'children'>,
): Expression | undefined {
  let best: Expression | undefined;
  let most = 0;
  for (const expression of expressions) {
    const { id, template, retired } = expression;
    const isTested = children.some(
      (child) => child.pattern === name && child.verdict === 'open' && (child.parent === id || child.id === id),
    );
    if (retired === true || template.trim() === '' || isTested) continue;
    const { recent = 0, refinements = 0 } = findArm(arms, name, id) ?? {};
    const weight = recent / (1 + refinements);
    if (weight > most) [best, most] = [expression, weight];
  }
  return best;
}
