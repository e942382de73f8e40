// A corpus of rewrites, and how well guards judge it
export {
  type CorpusRewrite,
  createCorpusRewrite,
  type GuardCorpus,
  readGuardCorpus,
  type RejectedRewrite,
} from './guard-corpus.ts';
export { computeGuardFigures, type GuardFigures, type JudgedCase } from './guard-figures.ts';
