import type { FinishReason } from '@rppkit/spec';

/** Where an answer ends before the model is done with it. */
export interface TextLimits {
  /** A positive integer; absent: no limit. */
  readonly maxTokens?: number | undefined;
  /** The text ends in front of the first of these that it holds; absent: none. */
  readonly stop?: readonly string[] | undefined;
}

/** The beginning of `text` that a model writes under these limits, in the tokens of `countTokens`. */
export function cutText(
  text: string,
  { maxTokens, stop = [] }: TextLimits,
): { readonly text: string; readonly finishReason: Extract<FinishReason, 'stop' | 'length'> } {
  let end = text.length;
  for (const sequence of stop) {
    const at = sequence === '' ? -1 : text.indexOf(sequence);
    if (at >= 0 && at < end) end = at;
  }
  const limit = maxTokens === undefined ? end : findTokenEnd(text, maxTokens);
  if (limit < end) return { text: text.slice(0, limit), finishReason: 'length' };
  return { text: end === text.length ? text : text.slice(0, end), finishReason: 'stop' };
}

/** The longest beginning of at most `maxTokens` tokens that leaves no half of a surrogate pair behind. */
function findTokenEnd(text: string, maxTokens: number): number {
  let quarters = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    quarters += code < 128 ? 1 : 4;
    if (quarters <= 4 * maxTokens) continue;
    const cutsPair = index > 0 && code >= 0xdc00 && code <= 0xdfff;
    return cutsPair ? index - 1 : index;
  }
  return text.length;
}
