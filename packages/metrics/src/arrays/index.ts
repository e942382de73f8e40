export { type ArrayEvaluation, type EvaluateArraysOptions, evaluateArrays } from './evaluate-arrays.ts';
export type { ArrayRankings } from './hit-ranks.ts';
