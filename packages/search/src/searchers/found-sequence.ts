import { type JointAction, legalizeJointAction, type PatternSpace } from '@rppkit/patterns';
import { InvalidArgumentError } from '@rppkit/spec';
import { loadPrompt, savePrompt } from './saved-prompts.ts';
import type { FoundPrompts, FoundPromptsState } from './searcher.ts';

/** The same prompts for everybody, as far as their windows are legal; several are aggregated. */
export function createFoundSequence(space: PatternSpace, prompts: readonly JointAction[], calls: number): FoundPrompts {
  return {
    calls,
    promptsPerRanking: prompts.length,
    space,
    choose: (task) => prompts.map((prompt) => legalizeJointAction(space, prompt, task)),
    save: () => ({ kind: 'sequence', calls, prompts: prompts.map((prompt) => savePrompt(space, prompt)) }),
  };
}

/** Throws `InvalidArgumentError` with the field that is wrong. */
export function loadFoundSequence({ calls, ...state }: FoundPromptsState, space: PatternSpace): FoundPrompts {
  const { prompts } = state;
  if (!Array.isArray(prompts) || prompts.length === 0) {
    throw new InvalidArgumentError('state.prompts', 'a list of at least one prompt', prompts);
  }
  const loaded = prompts.map((prompt: unknown, index) => loadPrompt(space, `state.prompts[${index}]`, prompt));
  return createFoundSequence(space, loaded, calls);
}
