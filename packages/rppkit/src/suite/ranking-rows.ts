/** What a row of the ranking suite is: it decides what the row costs, and what it needs. */
export type RankingRowKind = 'recommender' | 'fixed' | 'search' | 'policy';

interface RankingRowFacts {
  readonly label: string;
  readonly kind: RankingRowKind;
}

/**
 * The rows of the paper's experiment, in the order of its tables. Nothing heavy is imported here, so that a help page can list
 * them.
 */
export const rankingRows: Readonly<Record<RankingRowName, RankingRowFacts>> = {
  chance: { label: 'chance', kind: 'recommender' },
  popularity: { label: 'popularity', kind: 'recommender' },
  'item-knn': { label: 'item-kNN', kind: 'recommender' },
  bpr: { label: 'BPR', kind: 'recommender' },
  'light-gcn': { label: 'LightGCN', kind: 'recommender' },
  sasrec: { label: 'SASRec', kind: 'recommender' },
  sequential: { label: 'sequential', kind: 'fixed' },
  'recency-focused': { label: 'recency-focused', kind: 'fixed' },
  'in-context': { label: 'in-context', kind: 'fixed' },
  'few-shot': { label: 'few-shot', kind: 'fixed' },
  'chain-of-thought': { label: 'chain-of-thought', kind: 'fixed' },
  'best-fixed': { label: 'best fixed prompt', kind: 'search' },
  ensemble: { label: 'best fixed, asked 3 times', kind: 'search' },
  bandit: { label: 'bandit (Thompson)', kind: 'search' },
  rpp: { label: 'RPP', kind: 'policy' },
  'rpp-swapped': { label: 'RPP, users swapped', kind: 'policy' },
  'rpp-plus-inline': { label: 'RPP+ inline', kind: 'policy' },
  'rpp-plus-grow': { label: 'RPP+ grow', kind: 'policy' },
  'rpp-role-frozen': { label: 'RPP, role frozen', kind: 'policy' },
  'rpp-history-frozen': { label: 'RPP, history frozen', kind: 'policy' },
  'rpp-reasoning-frozen': { label: 'RPP, reasoning frozen', kind: 'policy' },
  'rpp-format-frozen': { label: 'RPP, format frozen', kind: 'policy' },
  'rpp-transferred': { label: 'RPP, trained on another model', kind: 'policy' },
};

/** A row by its name, as `--rows` takes it. */
export type RankingRowName =
  | 'chance'
  | 'popularity'
  | 'item-knn'
  | 'bpr'
  | 'light-gcn'
  | 'sasrec'
  | 'sequential'
  | 'recency-focused'
  | 'in-context'
  | 'few-shot'
  | 'chain-of-thought'
  | 'best-fixed'
  | 'ensemble'
  | 'bandit'
  | 'rpp'
  | 'rpp-swapped'
  | 'rpp-plus-inline'
  | 'rpp-plus-grow'
  | 'rpp-role-frozen'
  | 'rpp-history-frozen'
  | 'rpp-reasoning-frozen'
  | 'rpp-format-frozen'
  | 'rpp-transferred';

/** All names, in the order of the tables. */
export const rankingRowNames: readonly RankingRowName[] = Object.keys(rankingRows) as RankingRowName[];

/** The row that all others are tested against; it stands in every table. */
export const referenceRow: RankingRowName = 'best-fixed';
