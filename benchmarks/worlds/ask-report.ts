import { type JointAction, legalizeJointAction, type PatternSpace } from '@rppkit/patterns';
import { evaluatePrompts } from '@rppkit/search';
import type { JudgedTask, TextModel } from '@rppkit/spec';

/** Answers a report user; draw d shows candidate order d. */
export const draws = 4;

/** Rewards of the users' prompts, `Float64Array [users * draws]`. */
export async function askReport(
  tasks: readonly JudgedTask[],
  choices: readonly JointAction[],
  { space, model }: { readonly space: PatternSpace; readonly model: TextModel },
): Promise<Float64Array> {
  const trials = choices.flatMap((choice, task) => {
    const legal = legalizeJointAction(space, choice, tasks[task]!.task);
    return Array.from({ length: draws }, (_, orderIndex) => ({ task, choice: legal, orderIndex }));
  });
  return (await evaluatePrompts({ tasks, trials, space, model })).ndcg.get(10)!;
}
