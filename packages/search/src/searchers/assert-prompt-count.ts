import { InvalidArgumentError } from '@rppkit/spec';

/** Throws `InvalidArgumentError` for a number of prompts that is no positive integer. */
export function assertPromptCount(prompts: number): void {
  if (Number.isInteger(prompts) && prompts >= 1) return;
  throw new InvalidArgumentError('prompts', 'a positive integer', prompts);
}
