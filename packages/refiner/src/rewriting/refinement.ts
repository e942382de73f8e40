import type { Domain, Expression, Pattern } from '@rppkit/patterns';
import type { TextModelFailure, TextUsage } from '@rppkit/spec';
import type { RejectionReason } from '../guards/guard.ts';
import type { GuardReport } from '../guards/run-guards.ts';

/** What is known of a sentence without looking at labels. */
export interface Evidence {
  /** Facts of a line each, such as how many answers could not be read. */
  readonly facts: readonly string[];
  /** Answers, or parts of prompts, that show what happened; no rewrite may copy them. Default: none. */
  readonly examples?: readonly string[];
}

/** One expression to be rewritten. */
export interface RefineRequest {
  /** The pattern as it stands; children are new beside all of its expressions. */
  readonly pattern: Pattern;
  /** One of its expressions, whose `template` is not empty. */
  readonly expression: Expression;
  /** Of the prompt; its language is that of the request. */
  readonly domain: Domain;
  readonly evidence?: Evidence;
  /** Texts beside the evidence's examples that no rewrite may hold, such as titles of items. Default: none. */
  readonly protectedTexts?: readonly string[];
  /** Tells repeated refinements of one expression apart; a non-negative integer. Default 0. */
  readonly sampleIndex?: number;
  readonly signal?: AbortSignal;
}

/** One answer of the refining model. */
export interface RefinementAttempt {
  /** The sentence that was read from the answer; undefined where there was none. */
  readonly text: string | undefined;
  /** Empty where there was no sentence. */
  readonly guards: readonly GuardReport[];
  readonly usage: TextUsage;
  readonly cached: boolean;
}

/** What refining came to. The three outcomes never share a number. */
export type Refinement = {
  /** Answers in their order. */
  readonly attempts: readonly RefinementAttempt[];
  /** Requests to the model: answers, those that failed, and those whose schema was refused. */
  readonly calls: number;
} & (
  | {
      readonly kind: 'refined';
      /** The child: the parent's fields with another id and template. */
      readonly expression: Expression;
      /** Of the attempt that passed. */
      readonly guards: readonly GuardReport[];
    }
  | {
      readonly kind: 'rejected';
      /** Of the last attempt; `unreadable`: no sentence could be read from the answer. */
      readonly reasons: readonly (RejectionReason | 'unreadable')[];
    }
  /** The model gave no answer; nothing is said about the sentence. */
  | { readonly kind: 'failed'; readonly failure: TextModelFailure; readonly possiblyPaid: boolean }
);

/** Asks a model for better sentences. */
export interface Refiner {
  /** That of the model, for lineages. */
  readonly id: string;
  /** Most requests that one refinement takes. */
  readonly maximumCalls: number;
  /**
   * Rejects only with what must stop a run: an abort, a rejected key, and mistakes in code. Throws `InvalidArgumentError`
   * for an expression that is not of the pattern or says nothing.
   */
  refine(request: RefineRequest): Promise<Refinement>;
}
