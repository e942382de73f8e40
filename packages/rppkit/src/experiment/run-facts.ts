import type { CallCount, CallPhase, Estimate } from './results.ts';

/** How a provider holds the requests of a run back. */
export interface RateLimitFacts {
  /** Calls that may be under way at a time, now and at most. */
  readonly limit: number;
  readonly maximum: number;
  /** No request is sent before; in milliseconds of `performance.now()`, in the past where there is no pause. */
  readonly pausedUntil: number;
  /** Requests that were refused so far; each was tried again. */
  readonly refused: number;
}

/** What is known of the calls of a run at one moment. */
export interface CallFacts {
  /** By phase, over all processes that worked on the run. */
  readonly counts: readonly CallCount[];
  /** Of the answers that the model gave this process. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of these tokens, in the currency of the prices; null without prices. */
  readonly cost: number | null;
  /** Answers without a usable ranking in this process, by reason of the parser. */
  readonly invalid: Readonly<Record<string, number>>;
  /** Requests that were sent and are not answered yet. */
  readonly underWay: number;
  /** Null for models that have no limit. */
  readonly rateLimit: RateLimitFacts | null;
}

/** What is known of a run while it works. */
export interface RunFacts {
  /** The phases in their order, with the calls that were announced. */
  readonly phases: readonly { readonly label: CallPhase; readonly total: number }[];
  readonly calls: CallFacts;
  readonly training: {
    readonly update: number;
    readonly updates: number;
    /** Mean reward over the latest stretch of the learning curve; absent before its first point. */
    readonly reward?: Estimate | undefined;
  };
  /** The prompt that leads, or led, the search for the best fixed one. */
  readonly bestFixed: {
    /** Its expressions, one a pattern; third-party text. */
    readonly description: string;
    /** Mean NDCG@10 of its answers, and how many they are; null where an earlier process found it. */
    readonly ndcg: { readonly mean: number; readonly answers: number } | null;
  };
}
