import { type JudgedTask, type RandomStream, sampleDistinct } from '@rppkit/spec';

/**
 * The tasks that a table is recorded for: as many of the training tasks, drawn at random, or all where there are fewer. With
 * `hashUser` neither ids of tasks nor users name anybody.
 */
export function drawTableTasks(
  train: readonly JudgedTask[],
  {
    tasks,
    random,
    hashUser,
  }: {
    readonly tasks: number;
    readonly random: RandomStream;
    readonly hashUser?: ((user: string) => string) | undefined;
  },
): readonly JudgedTask[] {
  const places = sampleDistinct(random.split('tasks'), train.length, Math.min(tasks, train.length)).sort();
  const drawn = Array.from(places, (place) => train[place]!);
  return hashUser === undefined ? drawn : drawn.map((judged) => redact(judged, hashUser));
}

function redact({ task, ...judged }: JudgedTask, hashUser: (user: string) => string): JudgedTask {
  const user = hashUser(task.user);
  return { ...judged, task: { ...task, id: user, user } };
}
