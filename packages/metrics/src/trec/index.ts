// Judgements
export { parseTrecQrels, qrelsToRelevance, renderTrecQrels, type TrecQrels } from './qrels.ts';

// Runs
export { parseTrecRun, rankingsToRun, renderTrecRun, runToRankings, type TrecRun } from './run.ts';

// Errors
export { TrecFormatError } from './trec-format-error.ts';
