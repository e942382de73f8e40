import { createPopularity } from '../popularity/popularity.ts';
import { alterFitted, describeBrokenRecommenders } from './broken-recommenders.fixture.ts';
import type { RecommenderSubject } from './recommender-subject.ts';
import { scoringChecks } from './scoring-checks.ts';

const finite = 'scores every candidate with a finite number, whatever their order';
const recommends = 'recommends the best items that are not in the history';

const fillScores = (value: number): Partial<RecommenderSubject> =>
  alterFitted(() => ({ score: ({ candidates }) => new Float32Array(candidates.length).fill(value) }));

describeBrokenRecommenders('scores and recommendations', scoringChecks, [
  { what: 'scores that are not numbers', subject: fillScores(Number.NaN), fails: finite, othersToo: true },
  { what: 'infinite scores', subject: fillScores(Number.NEGATIVE_INFINITY), fails: finite, othersToo: true },
  {
    what: 'too few scores',
    subject: alterFitted(() => ({ score: () => new Float32Array(1) })),
    fails: finite,
    othersToo: true,
  },
  {
    what: 'scores that depend on the order of the candidates',
    subject: alterFitted(() => ({ score: ({ candidates }) => Float32Array.from(candidates, (_, place) => place) })),
    fails: finite,
    othersToo: true,
  },
  {
    what: 'scores of a task that are not those of all items',
    subject: alterFitted((fitted) => ({ score: (task) => fitted.score(task).map((score) => -score) })),
    fails: 'scores a task as it scores all items',
    othersToo: true,
  },
  {
    what: 'people who are all served alike',
    subject: { create: createPopularity, seeded: false, personal: true },
    fails: 'serves people and items that it never saw',
  },
  {
    what: 'recommendations of the history',
    subject: alterFitted((fitted) => ({ recommend: (request) => fitted.recommend({ ...request, repeats: true }) })),
    fails: recommends,
  },
  {
    what: 'badly sorted recommendations',
    subject: alterFitted((fitted) => ({ recommend: (request) => fitted.recommend(request).toReversed() })),
    fails: recommends,
  },
  {
    what: 'recommendations of what was to be left out',
    subject: alterFitted((fitted) => ({ recommend: ({ exclude: _, ...request }) => fitted.recommend(request) })),
    fails: recommends,
  },
  {
    what: 'tasks that are scored although they may have been learned from',
    subject: alterFitted((fitted) => ({ score: (task) => fitted.score({ ...task, user: 'someone else' }) })),
    fails: 'refuses a task whose target it may have learned from',
  },
]);
