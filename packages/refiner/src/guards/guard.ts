import type { Expression, Pattern } from '@rppkit/patterns';

/** Why a rewrite may not be used. */
export type RejectionReason =
  /** A slot was lost, doubled, renamed, added or filled in, or a form or its `#` was lost. */
  | 'slots'
  /** Longer than allowed. */
  | 'length'
  /** In another language, wholly or in part. */
  | 'language'
  /** Holds titles, user data or other texts that the model was shown. */
  | 'copied'
  /** Speaks to other parts of the prompt, to its evaluation or to what is ranked first. */
  | 'addresses-others'
  /** A negation was lost, or one was added. */
  | 'negation'
  /** Asks for something else. */
  | 'drift'
  /** Says the same in the same words. */
  | 'unchanged'
  /** Says what another expression of the pattern says already. */
  | 'duplicate'
  /** Is not the sentence alone: remarks, alternatives, markup. */
  | 'chatter'
  /** Asks for answers that the expression's answers could not be read as. */
  | 'unparsed';

/** A sentence that a model proposes in place of another one. */
export interface Rewrite {
  /** The pattern as it stands, with all expressions that it has. */
  readonly pattern: Pattern;
  /** One of them, whose `template` was to be rewritten. */
  readonly parent: Expression;
  /** The new template, with slots. */
  readonly text: string;
  /** Of prompt and domain, such as `en` or `zh-Hans`. */
  readonly language: string;
  /** Titles, users' lines, candidates and answers that the model was shown or that stand in prompts; none may be copied. */
  readonly context: readonly string[];
}

/** What one guard found. */
export type GuardOutcome =
  | { readonly status: 'passed' }
  | {
      readonly status: 'rejected';
      readonly reason: RejectionReason;
      /** What was expected and what was received, as a sentence that the refining model is told. */
      readonly detail: string;
    }
  /** The guard lacks what it needs; never counted as passed. */
  | { readonly status: 'not-checked'; readonly detail: string };

/** One rule that a rewrite has to keep. */
export interface Guard {
  /** Unique among the guards of a refiner. */
  readonly name: string;
  check(rewrite: Rewrite, options?: { readonly signal?: AbortSignal }): GuardOutcome | Promise<GuardOutcome>;
}
