import { type LintCheck, reportTasks } from '../lint-check.ts';

/** Two candidates of one task with titles that read alike: an answer by title names neither. */
export const collidingTitles: LintCheck = {
  code: 'colliding-titles',
  severity: 'warning',
  find({ tasks, items, titleIndex }) {
    if (titleIndex === undefined) return [];
    const { keys, words } = titleIndex;
    // Number of the last task (from 1) that offered a title, and the item that had it there.
    const offeredBy = new Int32Array(words.length);
    const offered = new Int32Array(words.length);
    let example: readonly number[] | undefined;
    const faulty = tasks.filter(({ candidates }, index) =>
      candidates.some((item) => {
        const key = keys[item]!;
        const collides = offeredBy[key] === index + 1 && offered[key] !== item;
        if (collides) example ??= [offered[key]!, item];
        offeredBy[key] = index + 1;
        offered[key] = item;
        return collides;
      }),
    );
    const shown = example?.map((item) => `${items[item]!.id} ${JSON.stringify(items[item]!.title)}`).join(' and ');
    return reportTasks(
      faulty,
      `Expected titles that differ by more than case and punctuation, received ${faulty.length} of ${tasks.length} tasks with colliding ones, first ${shown}.`,
      'Have answers name positions or ids, add what tells the items apart (such as the year) to titles, or draw other candidates.',
    );
  },
};
