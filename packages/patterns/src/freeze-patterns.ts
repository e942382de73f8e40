import { InvalidArgumentError } from '@rppkit/spec';
import { getExpressions, type JointAction } from './joint-action.ts';
import { createPatternSpace, type PatternSpace } from './pattern-space.ts';

/**
 * The space in which the patterns `names` hold only the expression that `choice` has of them, so that everybody gets that
 * sentence and only the other patterns are left to choose. A frozen window shows a user with a shorter history all of it.
 * Joint actions of the new space have other numbers than those of `space`; expressions keep their ids. Throws
 * `InvalidArgumentError` for a choice outside the space and for a pattern that it does not have, `PatternError` for a chosen
 * expression that is retired.
 */
export function freezePatterns(space: PatternSpace, choice: JointAction, names: readonly string[]): PatternSpace {
  const chosen = getExpressions(space, choice);
  const known = space.patterns.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new InvalidArgumentError('names', `patterns of the space: ${known.join(', ')}`, unknown);
  }
  return createPatternSpace({
    ...space,
    patterns: space.patterns.map((pattern, position) =>
      names.includes(pattern.name) ? { ...pattern, expressions: [chosen[position]!] } : pattern,
    ),
  });
}
