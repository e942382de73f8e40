import type { JointAction, PatternSpace } from '@rppkit/patterns';

/** A joint action in a few words: the expression of each pattern. */
export function describePrompt({ patterns }: PatternSpace, choice: JointAction): string {
  return patterns.map(({ name, expressions }, position) => `${name} ${expressions[choice[position]!]!.id}`).join(', ');
}
