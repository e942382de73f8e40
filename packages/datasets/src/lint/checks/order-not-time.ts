import type { HistoryEntry } from '@rppkit/spec';
import { type LintCheck, reportTasks } from '../lint-check.ts';

// 1990-01-01 and 2100-01-01 in seconds since 1970, as readers of files have it.
const earliest = 631_152_000;
const latest = 4_102_444_800;

/** Histories in another order than time: declared, or seen in "times" that are none or in times that decrease. */
export const orderNotTime: LintCheck = {
  code: 'order-not-time',
  severity: 'warning',
  find({ tasks, dataset }) {
    if (dataset?.order === 'column') {
      return reportTasks(
        tasks,
        dataset.log.position === undefined
          ? `Expected histories in order of time, received order "column" in ${tasks.length} tasks: "last" means last row of the file.`
          : `Expected histories in order of time, received order "column" in ${tasks.length} tasks: "last" means the highest value of the order column, such as most played where it counts plays.`,
        'Say so wherever results are shown, and do not speak of recent or next items in prompts; or load a column of times.',
      );
    }
    const strange = dataset?.order === 'timestamp' ? dataset.log.time?.find((time) => !isTime(time)) : undefined;
    if (strange !== undefined) {
      return reportTasks(
        tasks,
        `Expected times in seconds since 1970, between the years 1990 and 2100, received ${strange}: the order of ${tasks.length} tasks may be that of something else, such as a play count.`,
        "Convert times to seconds; if the column is no time, load it as position and declare order 'column'.",
      );
    }
    const faulty = tasks.filter(({ task }) => decreases(task.history));
    return reportTasks(
      faulty,
      `Expected histories oldest first, received ${faulty.length} of ${tasks.length} tasks where times decrease.`,
      'Sort histories by time, oldest first.',
    );
  },
};

function isTime(value: number): boolean {
  return value >= earliest && value < latest;
}

/** Whether an entry is older than the one before it; entries without time are passed over. */
function decreases(history: readonly HistoryEntry[]): boolean {
  let before = -Infinity;
  for (const { time } of history) {
    if (time === undefined) continue;
    if (time < before) return true;
    before = time;
  }
  return false;
}
