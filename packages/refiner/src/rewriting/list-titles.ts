import type { RankingTask } from '@rppkit/spec';

/** All titles of tasks, each once: what prompts show, and no sentence may hold. */
export function listTitles(tasks: readonly RankingTask[]): readonly string[] {
  const items = tasks.flatMap(({ history, candidates }) => [...history.map(({ item }) => item), ...candidates]);
  return [...new Set(items.map(({ title }) => title))];
}
