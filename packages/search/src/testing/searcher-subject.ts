import { type JointAction, legalizeJointAction } from '@rppkit/patterns';
import { createRandomStream, type Encoder, type RankingTask } from '@rppkit/spec';
import { expect } from 'vitest';
import type { AnswerSource } from '../answers/answer-source.ts';
import type { LoadFoundPromptsOptions } from '../searchers/load-found-prompts.ts';
import type { FoundPrompts, FoundPromptsState, Searcher, SearchOptions } from '../searchers/searcher.ts';
import { bestPrompt } from './example-source.ts';

/** A searcher and what the checks try it with. */
export interface SearcherSubject {
  readonly create: (parts: { readonly encoders: readonly Encoder[] }) => Searcher;
  readonly load: (state: FoundPromptsState, options: LoadFoundPromptsOptions) => FoundPrompts;
  readonly encoders: readonly Encoder[];
  /** With how many calls the best prompt of the example must be found. */
  readonly calls: number;
}

/** A part of the contract; `run` rejects where the subject breaks it. */
export interface SearcherCheck {
  readonly name: string;
  run(subject: SearcherSubject): Promise<void>;
}

/** Searches with a fresh searcher, one and the same seed, and the calls of the subject unless others are given. */
export function searchSubject(
  { create, encoders, calls }: SearcherSubject,
  source: AnswerSource,
  options: Partial<SearchOptions> = {},
): Promise<FoundPrompts> {
  return create({ encoders }).search(source, { calls, random: createRandomStream('conformance'), ...options });
}

/** What is served to each task. */
export async function chooseAll(
  found: FoundPrompts,
  tasks: readonly RankingTask[],
): Promise<readonly (readonly JointAction[])[]> {
  await found.prepare?.(tasks);
  return tasks.map((task) => found.choose(task));
}

/** Fails where fewer than nine in ten people are served the best prompt first. */
export async function expectBestFound(
  found: FoundPrompts,
  { tasks, space }: AnswerSource,
  what: string,
): Promise<void> {
  const served = await chooseAll(
    found,
    tasks.map(({ task }) => task),
  );
  const best = served.filter(
    ([first], index) => String(first) === String(legalizeJointAction(space, bestPrompt, tasks[index]!.task)),
  );
  expect(best.length / served.length, `share of people who are served the best prompt, ${what}`).toBeGreaterThanOrEqual(
    0.9,
  );
}
