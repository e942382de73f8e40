import { encodeJointAction, type JointAction, legalizeJointAction, type PatternSpace } from '@rppkit/patterns';
import type { JudgedTask, TextModel } from '@rppkit/spec';
import { askReport, draws } from '../worlds/ask-report.ts';
import { computeUserMeans } from '../worlds/user-rewards.ts';

/** The mean reward of each report user under a prompt each, `Float64Array [users]`. */
export type AskReportUsers = (choices: readonly JointAction[]) => Promise<Float64Array>;

/** Asks report users as `askReport` does, each user's prompt once however many systems choose it. */
export function createReportAsker(
  tasks: readonly JudgedTask[],
  { space, model }: { readonly space: PatternSpace; readonly model: TextModel },
): AskReportUsers {
  const known: readonly Map<number, number>[] = tasks.map(() => new Map());
  return async (choices) => {
    const legal = choices.map((choice, user) => legalizeJointAction(space, choice, tasks[user]!.task));
    const numbers = legal.map((choice) => encodeJointAction(space, choice));
    const fresh = [...numbers.keys()].filter((user) => !known[user]!.has(numbers[user]!));
    const rewards = await askReport(
      fresh.map((user) => tasks[user]!),
      fresh.map((user) => legal[user]!),
      { space, model },
    );
    for (const [index, mean] of computeUserMeans(rewards, draws).entries()) {
      const user = fresh[index]!;
      known[user]!.set(numbers[user]!, mean);
    }
    return Float64Array.from(numbers, (number, user) => known[user]!.get(number)!);
  };
}
