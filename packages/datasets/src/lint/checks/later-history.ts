import { type LintCheck, reportTasks } from '../lint-check.ts';

/** Histories with items that their user met only after the target: the prompt knows the future. */
export const laterHistory: LintCheck = {
  code: 'later-history',
  severity: 'error',
  find({ tasks, items, dataset, interactions }) {
    if (dataset === undefined || interactions === undefined || dataset.order === 'none') return [];
    const { log, order } = dataset;
    const keys = order === 'timestamp' ? log.time : log.position;
    // When the user of the task met the item first and last; valid where `metBy` has the number (from 1) of the task.
    const metBy = new Int32Array(items.length);
    const first = new Float64Array(items.length);
    const last = new Float64Array(items.length);
    const faulty = tasks.filter(({ user, history, relevant }, index) => {
      if (user >= log.users.length) return false;
      const rows = interactions.rows(user);
      const own = interactions.items(user);
      for (let at = 0; at < rows.length; at++) {
        const item = own[at]!;
        const key = keys === undefined ? rows[at]! : keys[rows[at]!]!;
        const isKnown = metBy[item] === index + 1;
        if (!isKnown || key < first[item]!) first[item] = key;
        if (!isKnown || key > last[item]!) last[item] = key;
        metBy[item] = index + 1;
      }
      let end = Infinity;
      for (const item of relevant) if (metBy[item] === index + 1 && last[item]! < end) end = last[item]!;
      return history.some((item) => metBy[item] === index + 1 && first[item]! > end);
    });
    return reportTasks(
      faulty,
      `Expected histories that end before the target, received ${faulty.length} of ${tasks.length} tasks with items that the user met only after it in the data set.`,
      'End each history before the row of its first relevant item.',
    );
  },
};
