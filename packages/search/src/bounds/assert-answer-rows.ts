import { InvalidArgumentError } from '@rppkit/spec';
import type { RandomPromptAnswers } from '../random-prompts.ts';

/** Throws `InvalidArgumentError` for rows of a task that does not exist, or with a reward that is not finite: a failed call has none. */
export function assertAnswerRows({ tasks, rows }: Pick<RandomPromptAnswers, 'tasks' | 'rows'>): void {
  for (const [index, { task, reward }] of rows.entries()) {
    if (tasks[task] === undefined) {
      throw new InvalidArgumentError(`rows[${index}].task`, `an index in [0, ${tasks.length})`, task);
    }
    if (!Number.isFinite(reward)) {
      const advice = 'Leave out the rows of failed calls.';
      throw new InvalidArgumentError(`rows[${index}].reward`, 'a finite number', reward, advice);
    }
  }
}
