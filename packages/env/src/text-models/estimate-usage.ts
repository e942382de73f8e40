import { estimateTokens } from '@rppkit/patterns';
import type { TextMessage, TextUsage } from '@rppkit/spec';

/** Usage from text length alone, marked as estimated: for models that report none. */
export function estimateUsage(messages: readonly TextMessage[], answer: string): TextUsage {
  return {
    inputTokens: messages.reduce((sum, { text }) => sum + estimateTokens(text), 0),
    outputTokens: estimateTokens(answer),
    estimated: true,
  };
}
