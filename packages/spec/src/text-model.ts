/** One message of a prompt. */
export interface TextMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

/** What a call is for; budgets and announcements are split by it. */
export type CallPurpose = 'rank' | 'refine' | 'probe';

export interface TextRequest {
  readonly messages: readonly TextMessage[];
  /** Tells repeated draws of one prompt apart; a non-negative integer. */
  readonly sampleIndex: number;
  readonly purpose: CallPurpose;
  /** JSON schema of the wanted answer, for models with structured output. */
  readonly responseSchema?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

export interface TextUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** True where the provider reported nothing and the figures come from text length. */
  readonly estimated: boolean;
}

export type FinishReason = 'stop' | 'length' | 'content-filter' | 'other';

export interface TextResponse {
  readonly text: string;
  readonly usage: TextUsage;
  /** True where no model was asked; `usage` is then that of the original call. */
  readonly cached: boolean;
  readonly latencyMs: number;
  readonly finishReason: FinishReason;
  /** How many requests it took, failed ones included, at least 1; absent: 1. */
  readonly attempts?: number;
}

/** Any LLM. Wrappers (store, limits, budget, retry, recording) take a `TextModel` and return one. */
export interface TextModel {
  /** Names model and parameters; part of every store key. */
  readonly id: string;
  /** Rejects with `TextModelError` where no answer can be had. */
  generate(request: TextRequest): Promise<TextResponse>;
}
