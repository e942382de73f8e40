import { getExpressions, type JointAction } from './joint-action.ts';
import type { Pattern } from './pattern.ts';
import type { PatternSpace } from './pattern-space.ts';

/**
 * The joint action of the expressions from which those chosen were refined, over all generations that the space knows; a
 * choice that has none stays. Encoders see it, so that what they write fits also when a space has grown. Throws
 * `InvalidArgumentError` for a choice outside the space.
 */
export function findFounders(space: PatternSpace, choice: JointAction): JointAction {
  getExpressions(space, choice);
  return choice.map((action, position) => climb(space.patterns[position]!, action, () => false));
}

/** The action itself, or the nearest of those that it was refined from that is not retired; the last where all are. */
export function findUnretired(pattern: Pattern, action: number): number {
  return climb(pattern, action, (at) => pattern.expressions[at]!.retired !== true);
}

function climb({ expressions }: Pattern, action: number, stops: (action: number) => boolean): number {
  let at = action;
  while (!stops(at)) {
    const { parent } = expressions[at]!;
    const next = parent === undefined ? -1 : expressions.findIndex(({ id }) => id === parent);
    // A parent stands before its children; anything else would go round in circles.
    if (next < 0 || next >= at) return at;
    at = next;
  }
  return at;
}
