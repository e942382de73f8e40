import type { Dataset } from '@rppkit/datasets';
import type { Scorer } from '@rppkit/spec';
import { createAttributeScorer } from './attribute-scorer.ts';
import { createTaskInteractions, type TaskInteractionsOptions } from './interactions/task-interactions.ts';
import { createItemKnn } from './item-knn/item-knn.ts';
import { createPopularity } from './popularity/popularity.ts';

/**
 * Rankers that learn in a moment and go by different things: popularity, item-kNN, and the attributes of the whole history
 * and of its last 1, 3 and 10 entries. What they get on a task says how hard its label is, and for whom: control variates
 * for the central state of an environment (`stateScorers` of `@rppkit/env`). `tasks` are all that are asked about; of
 * their users only histories are learned. Throws what `createTaskInteractions` throws.
 */
export async function fitControlScorers(
  dataset: Dataset,
  options: TaskInteractionsOptions,
): Promise<readonly Scorer[]> {
  const learned = createTaskInteractions(dataset, options);
  // Neither draws at random.
  const seed = 0;
  return [
    await createPopularity().fit(learned, { seed }),
    await createItemKnn().fit(learned, { seed }),
    createAttributeScorer(),
    ...[1, 3, 10].map((window) => createAttributeScorer({ window })),
  ];
}
