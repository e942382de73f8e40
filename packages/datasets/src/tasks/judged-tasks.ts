import { InvalidArgumentError, type Item, type JudgedTask, type RandomStream, samplePermutation } from '@rppkit/spec';
import { assertOneOf } from '../assert-one-of.ts';
import type { CandidateSource } from '../candidates/candidate-source.ts';
import { createDrawCheck } from '../candidates/draw-check.ts';
import { createUniformSource } from '../candidates/uniform-source.ts';
import type { Dataset } from '../dataset.ts';
import { DatasetError } from '../dataset-error.ts';
import type { InteractionSplit } from '../splits/interaction-split.ts';
import { assertSplitOf } from '../splits/row-roles.ts';
import { splitLeaveOneOut } from '../splits/split-leave-one-out.ts';
import type { Repeats } from '../user-sequences.ts';
import { createExcludedItems } from './excluded-items.ts';
import { createLazyTask } from './lazy-task.ts';
import { createTaskHistories } from './task-histories.ts';

/** The part of a split that holds the relevant items. `validation`: for rewards. `test`: for reports. */
export type TaskTarget = 'validation' | 'test';

export interface JudgedTasksOptions {
  /** Indices into `log.users`, one task each. */
  readonly users: Int32Array;
  readonly target: TaskTarget;
  /** Items to rank, the relevant ones among them; an integer above `relevant`, default 10. */
  readonly candidates?: number;
  /** Relevant items of a task, the first different ones of the target part; a positive integer, default 1. */
  readonly relevant?: number;
  /** Default: leave one out, where `relevant` items validate for the target `validation`. Make it once for several calls. */
  readonly split?: InteractionSplit;
  /** Which row of a repeated item counts; default that of `split`, else `last`. `keep` may leave relevant items in histories. */
  readonly repeats?: Repeats;
  /** Where the other candidates come from; default uniform. */
  readonly source?: CandidateSource;
  /** What is never drawn: `all` that the user ever interacted with (default), or `target`, the relevant items alone. */
  readonly exclude?: 'all' | 'target';
  /** Its state is not changed. Each task draws from `random.split(task.id)`, whatever other users are asked for. */
  readonly random: RandomStream;
}

/**
 * Ranking tasks from one part of a split. By default, with repeats resolved over all that the user did, the last item is the
 * test item and the second last the validation item; the target's row is the row that counted. The history is what the user
 * did before the row of the first relevant item, with repeats resolved among these rows alone, so that nothing done later adds
 * to it or takes from it. Earlier rows of relevant items are dropped unless repeats are kept: from x, y, z, x with `last` come
 * the validation task x, y → z and the test task y, z → x.
 *
 * Candidates are the relevant items, with gain 1 each, and what the source draws, in an order that is random for each task. A
 * task's id is `name:user:target`.
 *
 * Throws `InvalidArgumentError` for a user that does not exist, order `none` and options out of range, `DatasetError` for a
 * user with too few different items (by default `test` needs 2 and `validation` 2 + `relevant`) or too few items to draw from.
 */
export function createJudgedTasks(
  dataset: Dataset,
  {
    users,
    target,
    candidates = 10,
    relevant = 1,
    split,
    repeats = split?.repeats ?? 'last',
    source = createUniformSource(),
    exclude = 'all',
    random,
  }: JudgedTasksOptions,
): JudgedTask[] {
  if (!Number.isSafeInteger(relevant) || relevant < 1) {
    throw new InvalidArgumentError('relevant', 'a positive integer', relevant);
  }
  if (!Number.isSafeInteger(candidates) || candidates <= relevant) {
    throw new InvalidArgumentError('candidates', `an integer of at least ${relevant + 1}`, candidates);
  }
  assertOneOf('target', target, ['validation', 'test']);
  assertOneOf('exclude', exclude, ['all', 'target']);
  if (split === undefined && target === 'test' && relevant > 1) {
    const advice = 'One item tests unless you pass another split.';
    throw new InvalidArgumentError('relevant', '1 for the target "test"', relevant, advice);
  }
  if (split !== undefined && repeats !== split.repeats) {
    throw new InvalidArgumentError('repeats', `"${split.repeats}", as in the split`, repeats);
  }
  const { log } = dataset;
  const parts = split ?? splitLeaveOneOut(dataset, { repeats, validation: target === 'validation' ? relevant : 1 });
  assertSplitOf(dataset, parts);
  const createHistory = createTaskHistories(log, parts);
  const listExcluded = createExcludedItems(exclude === 'all' ? countItems(parts, users) : relevant * users.length);
  const assertDrawn = createDrawCheck(log.items.length);
  return Array.from(users, (user) => {
    const userId = log.users[user];
    if (userId === undefined) throw new InvalidArgumentError('users', `below ${log.users.length}`, user);
    const items = parts.sequences.items(user);
    const start = target === 'validation' ? parts.validationStart[user]! : parts.testStart[user]!;
    const end = target === 'validation' ? parts.testStart[user]! : items.length;
    const relevantItems = takeDistinct(items.subarray(start, end), relevant);
    if (start < 1 || relevantItems.length < relevant) {
      const advice =
        split === undefined
          ? 'Choose users with splitUsers, or ask for fewer relevant items.'
          : 'Choose among the users of listTaskUsers for this split, target and number of relevant items.';
      const least = relevant + (target === 'validation' ? 2 : 1);
      const [expected, received] =
        split === undefined && items.length < least
          ? [`at least ${least} different items of user ${userId}`, `${items.length}`]
          : [
              `an item before and ${relevant} different items in the ${target} part of user ${userId}`,
              `${start} and ${relevantItems.length}`,
            ];
      throw new DatasetError(dataset.name, expected, received, { advice });
    }
    const excluded = listExcluded(exclude === 'all' ? items : relevantItems);
    const count = candidates - relevant;
    const left = log.items.length - excluded.length;
    if (left < count) {
      const kind = exclude === 'all' ? `user ${userId} never interacted with` : `are not relevant for user ${userId}`;
      const expected = `at least ${count} items that ${kind}`;
      throw new DatasetError(dataset.name, expected, `${left}`, { advice: 'Ask for fewer candidates.' });
    }
    const id = `${dataset.name}:${userId}:${target}`;
    const taskRandom = random.split(id);
    const firstRow = parts.sequences.rows(user)[start]!;
    // The source sees the task before it has candidates.
    const shown: Item[] = [];
    const task = createLazyTask(id, userId, () => createHistory(user, firstRow, relevantItems), shown);
    const request = { dataset, user, task, excluded, count, random: taskRandom.split('negatives') };
    const drawn = source.sample(request);
    assertDrawn(source, request, drawn);
    const order = samplePermutation(taskRandom.split('order'), candidates);
    for (const position of order) {
      shown.push(log.items[position < relevant ? relevantItems[position]! : drawn[position - relevant]!]!);
    }
    return { task, relevance: new Map(relevantItems.map((item) => [log.items[item]!.id, 1])) };
  });
}

function countItems({ sequences }: InteractionSplit, users: Int32Array): number {
  let count = 0;
  for (const user of users) count += sequences.items(user).length;
  return count;
}

/** The first `count` different items. */
function takeDistinct(items: Int32Array, count: number): number[] {
  const taken: number[] = [];
  for (const item of items) {
    if (taken.length === count) break;
    if (!taken.includes(item)) taken.push(item);
  }
  return taken;
}
