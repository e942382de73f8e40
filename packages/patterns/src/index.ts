// Expressions and patterns
export type { AnswerFormat, Expression, ShownExamples } from './expression.ts';
export { definePattern, extendPattern, type HistoryRecords, type Pattern, type PatternSection } from './pattern.ts';
export { readSlots, type WrittenSlot } from './template.ts';
export { type CreatePatternsOptions, createPatterns } from './create-patterns.ts';
export type { HistoryKind } from './history-kinds.ts';
export {
  defaultPatterns,
  formatPattern,
  historyPattern,
  reasoningPattern,
  referencePatterns,
  rolePattern,
} from './default-patterns.ts';
export { structuredFormatExpression } from './english-expressions.ts';
export { structuredFormatExpressionZh } from './chinese-expressions.ts';

// Domains
export { type Domain, defineDomain, readLanguage } from './domain.ts';
export {
  books,
  booksZh,
  domains,
  games,
  gamesZh,
  movies,
  moviesZh,
  music,
  musicZh,
  news,
  newsZh,
  products,
  productsZh,
} from './domains.ts';

// Pattern spaces
export type { Layout, PromptSection } from './layout.ts';
export type { Phrases } from './phrases.ts';
export { createPatternSpace, type PatternSpace } from './pattern-space.ts';
export { parsePatternSpace, serializePatternSpace } from './pattern-space-json.ts';
export { type RewordHistoryOptions, rewordHistory } from './reword-history.ts';
export { freezePatterns } from './freeze-patterns.ts';

// Joint actions
export {
  computeJointActionCount,
  decodeJointAction,
  encodeJointAction,
  getExpressions,
  type JointAction,
  listJointActions,
} from './joint-action.ts';
export { findFounders } from './lineage.ts';
export { computeActionMasks, legalizeJointAction } from './action-masks.ts';
export type { WindowOptions } from './history-window.ts';
export { neutralChoice } from './neutral-choice.ts';

// Prompts
export { type ComposedPrompt, type ComposeOptions, composePrompt, type PromptSpan } from './compose-prompt.ts';
export { estimateTokens } from './estimate-tokens.ts';
export { maximumTitleLength, renderItemText, renderItemTitle } from './item-text.ts';

// Worked examples of other people
export type { RankingExample, TaskWithExamples } from './ranking-example.ts';

// Errors
export { PatternError } from './pattern-error.ts';
