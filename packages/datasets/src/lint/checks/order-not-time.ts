import { type LintCheck, reportTasks } from '../lint-check.ts';

/** Histories in another order than time: declared by the data set, or seen in times that decrease. */
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
    const faulty = tasks.filter(({ task: { history } }) =>
      history.some(({ time }, index) => time !== undefined && time < (history[index - 1]?.time ?? time)),
    );
    return reportTasks(
      faulty,
      `Expected histories oldest first, received ${faulty.length} of ${tasks.length} tasks where times decrease.`,
      'Sort histories by time, oldest first.',
    );
  },
};
