import type { Expression, JointAction, PatternSpace } from '@rppkit/patterns';
import type { PatternUse } from './results.ts';

/**
 * How often the prompts of `choices` hold each expression, and whether it is one of `fixed`; retired ones, which nobody can be
 * given, are left out.
 */
export function describePatternUse(
  { patterns }: PatternSpace,
  choices: readonly JointAction[],
  fixed: readonly Expression[],
): readonly PatternUse[] {
  return patterns.map(({ name, expressions }, position) => ({
    pattern: name,
    expressions: expressions.flatMap((expression, action) => {
      if (expression.retired === true) return [];
      return {
        id: expression.id,
        perspective: describePerspective(expression),
        share: choices.filter((choice) => choice[position] === action).length / choices.length,
        fixed: fixed[position]?.id === expression.id,
      };
    }),
  }));
}

/** What an expression is about; of a refined one, what its first ancestor is. */
export function describePerspective({ id, perspective, parent }: Expression): string {
  return parent === undefined ? perspective : `${perspective}, refined (${id})`;
}
