import { decodeJointAction, freezePatterns, getExpressions, type PatternSpace } from '@rppkit/patterns';
import type { ExperimentConfig } from './experiment-config.ts';
import type { FrozenPattern } from './results.ts';

/**
 * The space that training begins with: that of the experiment, in which frozen patterns hold only what `bestFixed`, the number
 * of a joint action, has of them.
 */
export function createPolicySpace(
  space: PatternSpace,
  { freeze }: Pick<ExperimentConfig, 'freeze'>,
  bestFixed: number,
): PatternSpace {
  return freeze === undefined ? space : freezePatterns(space, decodeJointAction(space, bestFixed), freeze);
}

/** The expressions that everybody gets; none without frozen patterns. */
export function listFrozen(
  space: PatternSpace,
  { freeze = [] }: Pick<ExperimentConfig, 'freeze'>,
  bestFixed: number,
): readonly FrozenPattern[] {
  const expressions = getExpressions(space, decodeJointAction(space, bestFixed));
  return space.patterns.flatMap(({ name }, position) => {
    const { id, perspective } = expressions[position]!;
    return freeze.some((frozen) => frozen === name) ? [{ pattern: name, id, perspective }] : [];
  });
}

/** Frozen patterns as one line for people. */
export function describeFrozen(frozen: readonly FrozenPattern[]): string {
  const named = frozen.map(({ pattern, perspective }) => `${pattern} (${perspective})`).join(', ');
  return `Frozen, for everybody as in the best fixed prompt, whose calls come on top of those of the training: ${named}`;
}
