import type { Expression, Pattern } from '@rppkit/patterns';
import type { GrowthState } from './lineage.ts';
import { findArm } from './tally-arms.ts';

/**
 * The expression of a pattern to refine next: what is chosen most now, each refinement of it so far making others more
 * likely. None that is retired, says nothing, takes part in a test or was refined `most` times; undefined where that leaves
 * nothing that is chosen.
 */
export function chooseParent(
  { name, expressions }: Pattern,
  { arms, children }: Pick<GrowthState, 'arms' | 'children'>,
  most: number,
): Expression | undefined {
  let best: Expression | undefined;
  let largest = 0;
  for (const expression of expressions) {
    const { id, template, retired } = expression;
    const isTested = children.some(
      (child) => child.pattern === name && child.verdict === 'open' && (child.parent === id || child.id === id),
    );
    if (retired === true || template.trim() === '' || isTested) continue;
    const { recent = 0, refinements = 0 } = findArm(arms, name, id) ?? {};
    if (refinements >= most) continue;
    const weight = recent / (1 + refinements);
    if (weight > largest) [best, largest] = [expression, weight];
  }
  return best;
}
