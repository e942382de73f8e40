import { composePrompt, type PatternSpace } from '@rppkit/patterns';
import { type EncoderContext, type LastRound, presentTask } from '@rppkit/spec';
import { entryStatuses, isRewarded } from './response-table.ts';
import type { TableStepInfo } from './table-step-info.ts';

/** What encoders see of a row whose round has been replayed. */
export function describeLastRound(
  space: PatternSpace,
  { judged: { task }, choice, orderIndex, status, ranking }: TableStepInfo,
): EncoderContext {
  return {
    task,
    round: 0,
    rounds: 1,
    last: {
      choice,
      // Only what reads it pays for it.
      get prompt(): string {
        return composePrompt(space, choice, presentTask(task, orderIndex).task).text;
      },
      status: readLastStatus(status, ranking.length === task.candidates.length),
      ranking,
    },
  };
}

function readLastStatus(status: TableStepInfo['status'], isComplete: boolean): LastRound['status'] {
  if (status === 'ranked') return isComplete ? 'complete' : 'partial';
  return isRewarded(entryStatuses.indexOf(status)) ? 'invalid' : 'failed';
}
