import type { EmbeddingTable } from '@rppkit/spec';
import { assertPositiveIntegers } from '../options/number-checks.ts';
import type { FittedRecommender, RecommendationRequest } from '../recommender.ts';
import { LearnedIndex, type LearnedUsers } from './learned-users.ts';
import type { Person, RecommenderModel } from './recommender-model.ts';
import { saveArray } from './saved-array.ts';
import { selectTopItems } from './top-items.ts';

/** Everything that all fitted recommenders share, around the numbers of one. `kind` is its name. */
export function createFittedRecommender(
  kind: string,
  learned: LearnedUsers,
  model: RecommenderModel,
): FittedRecommender {
  const { users, items, starts, item } = learned;
  const index = new LearnedIndex(learned);
  const everyItem = Int32Array.from(items, (_, itemIndex) => itemIndex);
  const scoreEvery = (person: Person): Float32Array => {
    const scores = new Float32Array(items.length);
    model.score(person, everyItem, scores);
    return scores;
  };
  return {
    name: kind,
    users,
    items,
    score(task) {
      index.assertNotLearned(task);
      const person = index.createPerson(task.user, task.history);
      const found = task.candidates.map(({ id }) => index.findItem(id));
      const known = Int32Array.from(found.filter((candidate) => candidate >= 0));
      const values = new Float32Array(known.length);
      model.score(person, known, values);
      const lowest = values.reduce((least, value) => Math.min(least, value), values[0] ?? 0);
      let next = 0;
      return Float32Array.from(found, (candidate, place) =>
        candidate >= 0 ? values[next++]! : (model.scoreUnknown?.(person, task.candidates[place]!) ?? lowest),
      );
    },
    scoreItems: ({ user, history }) => scoreEvery(index.createPerson(user, history)),
    recommend({ user, history, count = 10, exclude = [], repeats = false }: RecommendationRequest) {
      assertPositiveIntegers({ count });
      const person = index.createPerson(user, history);
      const excluded = new Uint8Array(items.length);
      if (!repeats) for (const own of person.history) excluded[own] = 1;
      for (const id of exclude) if (index.findItem(id) >= 0) excluded[index.findItem(id)] = 1;
      const scores = scoreEvery(person);
      return selectTopItems(scores, count, excluded).map((best) => ({ id: items[best]!, score: scores[best]! }));
    },
    save: () => ({
      format: 'rppkit-recommender',
      version: 1,
      kind,
      users: [...users],
      items: [...items],
      starts: saveArray(starts),
      item: saveArray(item),
      settings: structuredClone(model.settings),
      arrays: Object.fromEntries(Object.entries(model.arrays).map(([name, array]) => [name, saveArray(array)])),
    }),
    ...(model.embeddings !== undefined && {
      userEmbeddings: createTable(model.embeddings.users, model.embeddings.dimensions, (id) => index.findUser(id)),
      itemEmbeddings: createTable(model.embeddings.items, model.embeddings.dimensions, (id) => index.findItem(id)),
    }),
  };
}

function createTable(vectors: Float32Array, dimensions: number, find: (id: string) => number): EmbeddingTable {
  return {
    dimensions,
    get(id) {
      const row = find(id);
      return row < 0 ? undefined : vectors.slice(row * dimensions, (row + 1) * dimensions);
    },
  };
}
