import { computeJointActionCount, decodeJointAction, type JointAction } from '@rppkit/patterns';
import { InvalidArgumentError } from '@rppkit/spec';
import type { AnswerSource } from '../answers/answer-source.ts';

/** How many prompts a source can be asked. */
export function countPrompts({ space, actions }: AnswerSource): number {
  return actions?.length ?? computeJointActionCount(space);
}

/** All joint actions that a source can be asked, in the order of their numbers. Throws `InvalidArgumentError` for none. */
export function listPrompts(source: AnswerSource): readonly JointAction[] {
  const { space, actions } = source;
  const count = countPrompts(source);
  if (count === 0) throw new InvalidArgumentError('source.actions', 'at least one joint action', actions);
  return Array.from({ length: count }, (_, index) => decodeJointAction(space, actions?.[index] ?? index));
}
