import { budgetChecks } from './budget-checks.ts';
import { findingChecks } from './finding-checks.ts';
import { foundChecks } from './found-checks.ts';
import type { SearcherCheck } from './searcher-subject.ts';

/** The contract of `Searcher` and `FoundPrompts`. */
export const searcherChecks: readonly SearcherCheck[] = [...budgetChecks, ...findingChecks, ...foundChecks];
