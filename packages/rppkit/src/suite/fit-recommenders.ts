import { createHash } from 'node:crypto';
import {
  createBpr,
  createItemKnn,
  createLightGcn,
  createPopularity,
  createSpectralEmbedding,
  createTaskInteractions,
  type FittedRecommender,
  loadRecommender,
  type Recommender,
  type RecommenderState,
} from '@rppkit/recommenders';
import { createSasrec } from '@rppkit/recommenders/sasrec';
import type { PreparedExperiment } from '../experiment/prepare-experiment.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import type { Progress } from '../terminal/progress.ts';
import type { RankingRowName } from './ranking-rows.ts';
import { versions } from './suite-versions.ts';

/** Recommenders of a suite, with the defaults of `@rppkit/recommenders`; the vectors of few-shot prompts are those of the last. */
const recommenders: Readonly<Record<SuiteRecommenderName, () => Recommender>> = {
  popularity: createPopularity,
  'item-knn': createItemKnn,
  bpr: createBpr,
  'light-gcn': createLightGcn,
  sasrec: createSasrec,
  'spectral-embedding': createSpectralEmbedding,
};

type SuiteRecommenderName =
  | Extract<RankingRowName, 'popularity' | 'item-knn' | 'bpr' | 'light-gcn' | 'sasrec'>
  | 'spectral-embedding';

/** The recommenders of one data set, each fitted when it is first asked for, and kept. */
export type SuiteRecommenders = (name: SuiteRecommenderName) => Promise<FittedRecommender>;

export interface SuiteRecommendersOptions {
  /** Where fitted ones are kept, in a folder for each data set, split and backend. */
  readonly folder: RunFolder;
  readonly candidates: number;
  /** Decides tasks and fits. */
  readonly seed: number;
  readonly log: (line: string) => void;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/**
 * Fits recommenders once a data set: a second seed, model or run finds them kept. They learn what may be known before the tasks are
 * scored: of users with a task their histories, of all others everything. Rejects as `fit` does.
 */
export function createSuiteRecommenders(
  { data, tasks, backend }: Pick<PreparedExperiment, 'data' | 'tasks' | 'backend'>,
  { folder, candidates, seed, log, progress, signal }: SuiteRecommendersOptions,
): SuiteRecommenders {
  const { dataset, checksums } = data;
  const learned = createTaskInteractions(dataset, {
    tasks: [...tasks.train, ...tasks.report].map(({ task }) => task),
  });
  const identity = createHash('sha256')
    .update(JSON.stringify({ checksums, name: dataset.name, seed, candidates, backend, versions }))
    .update(JSON.stringify(learned.users))
    .update(learned.starts)
    .update(learned.item)
    .digest('hex')
    .slice(0, 16);
  const known = new Map<SuiteRecommenderName, Promise<FittedRecommender>>();
  const fitOrLoad = async (name: SuiteRecommenderName): Promise<FittedRecommender> => {
    const file = `${dataset.name.replaceAll(/[^\w.-]/g, '_')}-${identity}/${name}.json`;
    if (folder.has(file)) {
      log(`${name}: fitted before, ${folder.resolve(file)}`);
      return loadRecommender(folder.readJson(file) as RecommenderState);
    }
    let begun = false;
    const fitted = await recommenders[name]()
      .fit(learned, {
        seed,
        signal,
        async onProgress({ done, total }) {
          if (!begun) progress.begin(`fit ${name}`, total);
          begun = true;
          progress.advance(done);
          // Lets Ctrl-C and the bar have their turn.
          await new Promise((resolve) => setImmediate(resolve));
        },
      })
      .finally(() => begun && progress.end());
    folder.write(file, JSON.stringify(fitted.save()));
    return fitted;
  };
  return (name) => {
    const found = known.get(name) ?? fitOrLoad(name);
    known.set(name, found);
    return found;
  };
}
