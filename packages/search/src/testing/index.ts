// Conformance suite: vitest tests that every searcher runs, ours and third parties'
export { describeSearcher, type SearcherConformanceOptions } from './describe-searcher.ts';
