import { createPatternSpace, type Expression, extendPattern, type PatternSpace } from '@rppkit/patterns';
import type { Child } from './lineage.ts';

/** The space with one more expression in the pattern of that name. */
export function addExpression(space: PatternSpace, name: string, expression: Expression): PatternSpace {
  const patterns = space.patterns.map((one) => (one.name === name ? extendPattern(one, [expression]) : one));
  return createPatternSpace({ ...space, patterns });
}

/** The space with the children retired whose tests ended so. */
export function retireChildren(space: PatternSpace, children: readonly Child[]): PatternSpace {
  const ended = new Set(
    children
      .filter(({ verdict }) => verdict === 'retired' || verdict === 'undecided')
      .map(({ pattern, id }) => `${pattern}\n${id}`),
  );
  const patterns = space.patterns.map((pattern) => ({
    ...pattern,
    expressions: pattern.expressions.map(
      (expression): Expression =>
        ended.has(`${pattern.name}\n${expression.id}`) ? { ...expression, retired: true } : expression,
    ),
  }));
  return createPatternSpace({ ...space, patterns });
}

export function hasExpression({ patterns }: PatternSpace, pattern: string, id: string): boolean {
  return patterns.some(({ name, expressions }) => name === pattern && expressions.some((one) => one.id === id));
}
