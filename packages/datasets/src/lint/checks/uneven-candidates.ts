import { type LintCheck, reportTasks } from '../lint-check.ts';

/** Tasks of different size: chance level and NDCG depend on the number of candidates, so their mean mixes scales. */
export const unevenCandidates: LintCheck = {
  code: 'uneven-candidates',
  severity: 'warning',
  find({ tasks }) {
    const sizes = new Map<number, number>();
    for (const { candidates } of tasks) sizes.set(candidates.length, (sizes.get(candidates.length) ?? 0) + 1);
    // The smaller of equally frequent sizes.
    const [usual] = [...sizes].sort(([a, tasksOfA], [b, tasksOfB]) => tasksOfB - tasksOfA || a - b)[0]!;
    const faulty = tasks.filter(({ candidates }) => candidates.length !== usual);
    const listed = [...sizes.keys()].sort((a, b) => a - b);
    return reportTasks(
      faulty,
      `Expected equally many candidates in all tasks, received ${listed[0]} to ${listed.at(-1)}: ${faulty.length} of ${tasks.length} tasks have not the usual ${usual}.`,
      'Draw equally many candidates for every task, or report sizes apart.',
    );
  },
};
