import { InvalidArgumentError } from '@rppkit/spec';
import type { Expression } from './expression.ts';
import type { PatternSpace } from './pattern-space.ts';

/** One expression index for every pattern, in the order of `PatternSpace.patterns`. */
export type JointAction = readonly number[];

/** The number of joint actions: the product of the patterns' sizes. */
export function computeJointActionCount(space: PatternSpace): number {
  return space.patterns.reduce((product, pattern) => product * pattern.expressions.length, 1);
}

/** Joint action number `index` in [0, count); the last pattern varies fastest. Throws `InvalidArgumentError` outside. */
export function decodeJointAction(space: PatternSpace, index: number): JointAction {
  const count = computeJointActionCount(space);
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new InvalidArgumentError('index', `an integer in [0, ${count})`, index);
  }
  return decode(space, index);
}

/** The number of a joint action; inverse of `decodeJointAction`. Throws `InvalidArgumentError` for a choice outside. */
export function encodeJointAction(space: PatternSpace, choice: JointAction): number {
  return getExpressions(space, choice).reduce(
    (index, _, position) => index * space.patterns[position]!.expressions.length + choice[position]!,
    0,
  );
}

/** All joint actions in the order of their numbers. */
export function* listJointActions(space: PatternSpace): Generator<JointAction, void, undefined> {
  const count = computeJointActionCount(space);
  for (let index = 0; index < count; index++) yield decode(space, index);
}

/** The chosen expression of every pattern. Throws `InvalidArgumentError` for a choice outside the space. */
export function getExpressions(space: PatternSpace, choice: JointAction): readonly Expression[] {
  if (choice?.length !== space.patterns.length) {
    throw new InvalidArgumentError('choice', `${space.patterns.length} indices, one a pattern`, choice);
  }
  return space.patterns.map((pattern, position) => {
    const action = choice[position]!;
    const expression = Number.isInteger(action) ? pattern.expressions[action] : undefined;
    if (expression === undefined) {
      throw new InvalidArgumentError(
        `choice of pattern ${pattern.name}`,
        `an integer in [0, ${pattern.expressions.length})`,
        action,
      );
    }
    return expression;
  });
}

function decode(space: PatternSpace, index: number): JointAction {
  const choice: number[] = [];
  let rest = index;
  for (let position = space.patterns.length - 1; position >= 0; position--) {
    const size = space.patterns[position]!.expressions.length;
    choice[position] = rest % size;
    rest = Math.floor(rest / size);
  }
  return choice;
}
