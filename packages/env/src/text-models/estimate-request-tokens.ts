import { estimateTokens } from '@rppkit/patterns';
import type { TextRequest } from '@rppkit/spec';

/** Counts the tokens of a text; a tokenizer, or `estimateTokens`. */
export type CountTokens = (text: string) => number;

/** About how many tokens a request sends: the sum over its messages. */
export function estimateRequestTokens(request: TextRequest, countTokens: CountTokens = estimateTokens): number {
  return request.messages.reduce((sum, { text }) => sum + countTokens(text), 0);
}
