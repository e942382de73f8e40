import { estimateTokens } from '@rppkit/patterns';
import type { TextRequest } from '@rppkit/spec';
import { assertAtLeast } from './assert-number.ts';

/** Counts the tokens of a text; a tokenizer, or `estimateTokens`. */
export type CountTokens = (text: string) => number;

/**
 * About how many tokens a request sends: the sum over its messages. Throws `InvalidArgumentError` where `countTokens` gives
 * no finite number of at least 0, which no limit could be held to.
 */
export function estimateRequestTokens(request: TextRequest, countTokens: CountTokens = estimateTokens): number {
  return request.messages.reduce((sum, { text }) => {
    const tokens = countTokens(text);
    assertAtLeast('the count of countTokens', tokens, 0);
    return sum + tokens;
  }, 0);
}
