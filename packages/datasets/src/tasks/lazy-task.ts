import type { HistoryEntry, Item, RankingTask } from '@rppkit/spec';

/** A task whose history is built when it is read for the first time: histories are most of what tasks of many users hold. */
export function createLazyTask(
  id: string,
  user: string,
  createHistory: () => readonly HistoryEntry[],
  candidates: readonly Item[],
): RankingTask {
  let history: readonly HistoryEntry[] | undefined;
  return {
    id,
    user,
    get history() {
      history ??= createHistory();
      return history;
    },
    candidates,
  };
}
