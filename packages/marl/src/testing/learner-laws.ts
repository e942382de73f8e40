import { agentLaws } from './laws/agent-laws.ts';
import { backendLaws } from './laws/backend-laws.ts';
import type { LearnerLaw } from './laws/law-subject.ts';
import { memoryLaws } from './laws/memory-laws.ts';
import { rowLaws } from './laws/row-laws.ts';
import { savingLaws } from './laws/saving-laws.ts';
import { servingLaws } from './laws/serving-laws.ts';
import { wideningLaws } from './laws/widening-laws.ts';

/** What must hold for every learner of this package, beyond the contract of `Learner` that `describeLearner` checks. */
export const learnerLaws: readonly LearnerLaw[] = [
  ...memoryLaws,
  ...savingLaws,
  ...rowLaws,
  ...agentLaws,
  ...servingLaws,
  ...wideningLaws,
  ...backendLaws,
];
