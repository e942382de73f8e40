/**
 * What `fromAiSdk` needs of a language model of the Vercel AI SDK. The interfaces V2, V3 and V4 of `@ai-sdk/provider` all
 * fit; they differ here in usage (numbers, later objects) and finish reason (text, later an object).
 */
export interface AiSdkLanguageModel {
  readonly specificationVersion: 'v2' | 'v3' | 'v4';
  readonly provider: string;
  readonly modelId: string;
  doGenerate(options: AiSdkCallOptions): PromiseLike<AiSdkResult>;
}

/** Mutable, as the SDK's own types are: else its models would not fit. */
export type AiSdkMessage =
  | { role: 'system'; content: string }
  | { role: 'user' | 'assistant'; content: { type: 'text'; text: string }[] };

/** What is handed to `doGenerate`; parameters such as `temperature` stand beside these. */
export interface AiSdkCallOptions {
  prompt: AiSdkMessage[];
  seed?: number;
  responseFormat?: { type: 'json'; schema: object; name: string };
  abortSignal?: AbortSignal;
}

/** The part of a result that is read. */
export interface AiSdkResult {
  readonly content: readonly { readonly type: string; readonly text?: string }[];
  readonly finishReason?: string | { readonly unified: string };
  /** Absent, or null inside, with some community providers. */
  readonly usage?: { readonly inputTokens: AiSdkTokens; readonly outputTokens: AiSdkTokens };
  readonly warnings?: readonly { readonly type: string; readonly feature?: unknown; readonly setting?: unknown }[];
}

export type AiSdkTokens = number | null | undefined | { readonly total: number | undefined };
