import type { TextMessage, TextRequest } from '@rppkit/spec';

/** A prompt that differs from others by its number alone. */
export function createNumberedRequest(number: number): TextRequest {
  return { messages: [{ role: 'user', text: `Prompt ${number}` }], sampleIndex: 0, purpose: 'rank' };
}

/** The number of such a prompt. */
export function readPromptNumber(messages: readonly TextMessage[]): number {
  return Number(messages.at(-1)!.text.slice('Prompt '.length));
}

/** The one right answer to it. */
export function answerNumberedPrompt(number: number): string {
  return `Answer ${number}`;
}
