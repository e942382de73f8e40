import { fitChecks } from './fit-checks.ts';
import { progressChecks } from './progress-checks.ts';
import type { RecommenderCheck } from './recommender-subject.ts';
import { savingChecks } from './saving-checks.ts';
import { scoringChecks } from './scoring-checks.ts';

/** The contract of `Recommender` and `FittedRecommender`. */
export const recommenderChecks: readonly RecommenderCheck[] = [
  ...fitChecks,
  ...progressChecks,
  ...savingChecks,
  ...scoringChecks,
];
