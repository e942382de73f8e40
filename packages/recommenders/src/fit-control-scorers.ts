import type { Dataset } from '@rppkit/datasets';
import type { Scorer } from '@rppkit/spec';
import { createAttributeScorer } from './attribute-scorer.ts';
import { createTaskInteractions, type TaskInteractionsOptions } from './interactions/task-interactions.ts';
import { createItemKnn } from './item-knn/item-knn.ts';
import { createPopularity } from './popularity/popularity.ts';

/** What control scorers learn from. */
export interface ControlScorerOptions extends TaskInteractionsOptions {
  readonly signal?: AbortSignal;
}

/**
 * Rankers that fit fast and go by different things: popularity and item-kNN, and, where items have list attributes, those of
 * the whole history and of its last 1, 3 and 10 entries. What they get on a task says how hard its label is, and for whom:
 * control variates for the central state of an environment (`stateScorers` of `@rppkit/env`). Rejects with what
 * `createTaskInteractions` throws, and with the reason of the signal.
 */
export async function fitControlScorers(
  dataset: Dataset,
  { signal, ...options }: ControlScorerOptions,
): Promise<readonly Scorer[]> {
  const learned = createTaskInteractions(dataset, options);
  // Neither draws at random.
  const fitting = { seed: 0, ...(signal && { signal }) };
  const scorers: Scorer[] = [
    await createPopularity().fit(learned, fitting),
    await createItemKnn().fit(learned, fitting),
  ];
  const hasLists = dataset.log.items.some(({ attributes = {} }) => Object.values(attributes).some(Array.isArray));
  if (!hasLists) return scorers;
  return [...scorers, createAttributeScorer(), ...[1, 3, 10].map((window) => createAttributeScorer({ window }))];
}
