import { describeValue } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import { DatasetError } from '../dataset-error.ts';
import { hasItem } from './ascending-items.ts';
import { assertItemsOf, type CandidateSource, createShortageError } from './candidate-source.ts';

/**
 * Gives what a candidate file lists: the first `count` items of the user's list that are not excluded, in file order; an item
 * that is listed again is passed over. `candidates` holds item ids by user id.
 *
 * Throws `DatasetError` for a listed item that the data set does not know; `sample` throws it for a user without a list and
 * for a list that is too short, `InvalidArgumentError` for a data set with other items.
 */
export function createListedSource(
  dataset: Dataset,
  candidates: ReadonlyMap<string, readonly string[]>,
): CandidateSource {
  const indices = new Map(dataset.log.items.map(({ id }, index) => [id, index]));
  const lists = new Map<string, Int32Array>();
  for (const [user, ids] of candidates) lists.set(user, readList(dataset, indices, user, ids));
  const name = 'listed';
  return {
    name,
    sample: (request) => {
      const { task, excluded, count } = request;
      assertItemsOf(dataset.log, request.dataset.log);
      const list = lists.get(task.user);
      if (list === undefined) {
        const advice = 'Ask for users of the candidate file.';
        throw new DatasetError(dataset.name, 'a list of candidates for every user', `none for user ${task.user}`, {
          advice,
        });
      }
      const chosen: number[] = [];
      for (const item of list) {
        if (chosen.length === count) break;
        if (!hasItem(excluded, item)) chosen.push(item);
      }
      if (chosen.length < count) throw createShortageError(name, request, chosen.length);
      return Int32Array.from(chosen);
    },
  };
}

function readList(
  { name }: Dataset,
  indices: ReadonlyMap<string, number>,
  user: string,
  ids: readonly string[],
): Int32Array {
  return Int32Array.from(new Set(ids), (id) => {
    const index = indices.get(id);
    if (index !== undefined) return index;
    throw new DatasetError(name, `items of the data set in the candidates of user ${user}`, describeValue(id));
  });
}
