// Expressions, patterns and domains
export type { AnswerFormat, Expression } from './expression.ts';
export { definePattern, type Pattern, type PatternSection } from './pattern.ts';
export { type Domain, movies, products } from './domain.ts';
export { defaultPatterns, formatPattern, historyPattern, reasoningPattern, rolePattern } from './default-patterns.ts';

// The joint action space
export {
  computeActionMasks,
  computeJointActionCount,
  createPatternSpace,
  decodeJointAction,
  encodeJointAction,
  getExpressions,
  type JointAction,
  legalizeJointAction,
  type PatternSpace,
} from './pattern-space.ts';

// Prompts
export { type ComposedPrompt, composePrompt, type PromptSpan } from './compose-prompt.ts';
export { maximumTitleLength, renderItemTitle } from './item-text.ts';

// Errors
export { PatternError } from './pattern-error.ts';
