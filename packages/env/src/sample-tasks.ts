import { type JudgedTask, type RandomStream, samplePermutation } from '@rppkit/spec';

/** `count` tasks; a task repeats only when all others have been taken as often. */
export function sampleTasks(random: RandomStream, tasks: readonly JudgedTask[], count: number): readonly JudgedTask[] {
  const chosen: JudgedTask[] = [];
  while (chosen.length < count) {
    const order = samplePermutation(random, tasks.length);
    for (let index = 0; index < order.length && chosen.length < count; index++) chosen.push(tasks[order[index]!]!);
  }
  return chosen;
}
