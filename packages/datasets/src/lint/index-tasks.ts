import { InvalidArgumentError, type Item, type JudgedTask, type RankingTask } from '@rppkit/spec';
import type { InteractionLog } from '../interaction-log.ts';

/**
 * What tasks are for. `train`: rewards. `validation`: choice of a model or a prompt. `report`: the figures that are
 * published.
 */
export type TaskRole = 'train' | 'validation' | 'report';

export const taskRoles: readonly TaskRole[] = ['train', 'validation', 'report'];

/** Judged tasks by what they are for. */
export type TasksByRole = Readonly<Partial<Record<TaskRole, Iterable<JudgedTask>>>>;

/** A task with users and items as indices, so that checks compare integers. Views: do not write into them. */
export interface IndexedTask {
  readonly role: TaskRole;
  readonly task: RankingTask;
  readonly user: number;
  readonly history: Int32Array;
  readonly candidates: Int32Array;
  /** Items with a positive gain, among the candidates or not. */
  readonly relevant: readonly number[];
}

export interface TaskIndex {
  /** Training tasks first, then validation and report tasks. */
  readonly tasks: readonly IndexedTask[];
  /** Whether report tasks were given, be it none. */
  readonly hasReport: boolean;
  /** Items of the data set, then those that only tasks name; indices of tasks point here. */
  readonly items: readonly { readonly id: string; readonly title: string }[];
  /** Users of the data set, then those that only tasks name. */
  readonly users: readonly string[];
}

/**
 * Interns users and items, those of `log` first, so that its indices hold here too. Where an item has several titles, the
 * last that a task shows counts. Throws `InvalidArgumentError` for a role that does not exist and where there is no task at all.
 */
export function indexTasks(groups: TasksByRole, log?: InteractionLog): TaskIndex {
  const unknown = Object.keys(groups).find((role) => !taskRoles.includes(role as TaskRole));
  if (unknown !== undefined) {
    throw new InvalidArgumentError('tasks', `groups named ${taskRoles.join(', ')}`, unknown, 'Rename the group.');
  }
  const given = taskRoles.map((role) => ({ role, tasks: [...(groups[role] ?? [])] }));
  if (given.every(({ tasks }) => tasks.length === 0)) {
    throw new InvalidArgumentError('tasks', 'at least one task in one group', []);
  }
  const userIndices = new Map<string, number>();
  for (const user of log?.users ?? []) userIndices.set(user, userIndices.size);
  const items: Pick<Item, 'id' | 'title'>[] = [...(log?.items ?? [])];
  const itemIndices = new Map(items.map(({ id }, index) => [id, index]));
  const indexItem = (item: Pick<Item, 'id' | 'title'>): number => {
    const index = itemIndices.get(item.id) ?? items.length;
    if (index === items.length) itemIndices.set(item.id, index);
    if (items[index] !== item) items[index] = item;
    return index;
  };
  let size = 0;
  for (const { tasks } of given) for (const { task } of tasks) size += task.history.length + task.candidates.length;
  // One block for all tasks: a hundred thousand small arrays would cost more than everything else here.
  const block = new Int32Array(size);
  let end = 0;
  const indexTask = (role: TaskRole, { task, relevance }: JudgedTask): IndexedTask => {
    if (!userIndices.has(task.user)) userIndices.set(task.user, userIndices.size);
    const historyStart = end;
    for (const { item } of task.history) block[end++] = indexItem(item);
    const candidateStart = end;
    for (const item of task.candidates) block[end++] = indexItem(item);
    const relevant: number[] = [];
    for (const [id, gain] of relevance) {
      // The title of an item that is never shown does not matter.
      if (gain > 0) relevant.push(itemIndices.get(id) ?? indexItem({ id, title: id }));
    }
    return {
      role,
      task,
      user: userIndices.get(task.user)!,
      history: block.subarray(historyStart, candidateStart),
      candidates: block.subarray(candidateStart, end),
      relevant,
    };
  };
  const tasks = given.flatMap(({ role, tasks: own }) => own.map((judged) => indexTask(role, judged)));
  return { tasks, hasReport: groups.report !== undefined, items, users: [...userIndices.keys()] };
}
