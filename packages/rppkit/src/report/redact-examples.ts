import type { PromptExample } from '../experiment/results.ts';

/** Examples whose user ids `redact` has replaced; their titles, prompts and answers stay. */
export function redactExamples(
  examples: readonly PromptExample[],
  redact: (userId: string) => string,
): readonly PromptExample[] {
  return examples.map((example) => ({ ...example, user: redact(example.user) }));
}
