import { createBpr } from '../bpr/bpr.ts';
import { loadRecommender } from '../load-recommender.ts';
import type { FittedRecommender } from '../recommender.ts';
import { alterFitted, describeBrokenRecommenders } from './broken-recommenders.fixture.ts';
import type { RecommenderSubject } from './recommender-subject.ts';
import { savingChecks } from './saving-checks.ts';

const survives = 'survives save, JSON and load with the same scores and vectors';
const vectors = 'has finite vectors for what it knows, where it has any';
const anyId = 'takes any text as an id';

/** BPR with some of what it loads replaced. */
const alterLoaded = (
  change: (loaded: FittedRecommender) => Partial<FittedRecommender>,
): Partial<RecommenderSubject> => ({
  create: () => createBpr({ dimensions: 2, epochs: 2 }),
  load(state) {
    const loaded = loadRecommender(state);
    return { ...loaded, ...change(loaded) };
  },
});

const empty = { dimensions: 2, get: () => new Float32Array(2) };

describeBrokenRecommenders('saving, vectors and ids', savingChecks, [
  {
    what: 'loaded recommenders that score otherwise',
    subject: alterLoaded(() => ({ score: ({ candidates }) => new Float32Array(candidates.length) })),
    fails: survives,
    othersToo: true,
  },
  {
    what: 'loaded recommenders with other vectors of users',
    subject: alterLoaded(() => ({ userEmbeddings: empty })),
    fails: survives,
    othersToo: true,
  },
  {
    what: 'loaded recommenders with other vectors of items',
    subject: alterLoaded(() => ({ itemEmbeddings: empty })),
    fails: survives,
    othersToo: true,
  },
  {
    what: 'vectors of another length',
    subject: alterFitted(() => ({ itemEmbeddings: { dimensions: 3, get: () => new Float32Array(2) } })),
    fails: vectors,
    othersToo: true,
  },
  {
    what: 'vectors of the unknown',
    subject: alterFitted(() => ({ userEmbeddings: empty })),
    fails: vectors,
    othersToo: true,
  },
  {
    what: 'ids that are looked up in plain objects',
    subject: alterFitted((fitted) => {
      const places: Record<string, number> = {};
      for (const [place, id] of fitted.items.entries()) places[id] = place;
      return {
        score(task) {
          const all = fitted.scoreItems(task);
          const own = fitted.score(task);
          return own.map((score, index) => all[places[task.candidates[index]!.id] ?? -1] ?? score);
        },
        recommend: (request) => fitted.recommend(request).filter(({ id }) => typeof places[id] === 'number'),
      };
    }),
    fails: anyId,
  },
  {
    what: 'an empty id that counts as none',
    subject: alterFitted((fitted) => ({
      recommend: (request) => fitted.recommend(request).filter(({ id }) => id),
    })),
    fails: anyId,
  },
]);
