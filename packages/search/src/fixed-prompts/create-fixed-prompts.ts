/**
 * Prompts that are the same for everybody, against which personalised ones are compared.
 *
 * Y. Hou, J. Zhang, Z. Lin, H. Lu, R. Xie, J. McAuley, W. X. Zhao: "Large language models are zero-shot rankers for
 * recommender systems", ECIR 2024 (LLMRank): `sequential`, `recency-focused` and `in-context`.
 *
 * Differences from the paper:
 * - All sentences are those of the pattern space or built into `@rppkit/patterns`.
 * - The history is as long as the neutral prompt's window, a list with one item a line; the prompts do not ask to think step
 *   by step, which is what `chain-of-thought` is for.
 */

import {
  type HistoryKind,
  type JointAction,
  neutralChoice,
  type PatternSection,
  type PatternSpace,
  rewordHistory,
} from '@rppkit/patterns';
import { InvalidArgumentError } from '@rppkit/spec';
import { createFoundSequence } from '../searchers/found-sequence.ts';
import type { FixedPrompt, FixedPromptName } from './fixed-prompt.ts';
import type { SimilarUserExamples } from './similar-user-examples.ts';

export interface FixedPromptsOptions {
  /** In English or simplified Chinese, but for prompts that are points of it, which are in any language. */
  readonly space: PatternSpace;
  /** Which prompts, in this order; default: all, `few-shot` only with `examples`. */
  readonly names?: readonly FixedPromptName[];
  /** For `few-shot`: examples of the users most similar to each one. */
  readonly examples?: SimilarUserExamples;
}

/** How a prompt differs from the neutral one: expressions by section, and the kind of history. */
interface Recipe {
  readonly choices?: Readonly<Partial<Record<PatternSection, string>>>;
  readonly history?: Exclude<HistoryKind, 'sequential'>;
}

const byHistory = { reasoning: 'by-history' } as const;

const recipes: Readonly<Record<FixedPromptName, Recipe>> = {
  neutral: {},
  sequential: { choices: byHistory },
  'recency-focused': { choices: byHistory, history: 'recency-focused' },
  'in-context': { choices: byHistory, history: 'in-context' },
  'chain-of-thought': { choices: { reasoning: 'next-step-by-step' } },
  role: { choices: { role: 'recommender' } },
  'few-shot': { history: 'similar-users' },
};

const allNames = Object.keys(recipes) as readonly FixedPromptName[];

/**
 * The fixed prompts of a space. Each is the neutral choice but for what its name says; `recency-focused`, `in-context` and
 * `few-shot` are points of a space of their own, which has the same windows with other words. Throws `InvalidArgumentError`
 * for a name that is unknown or listed twice, an expression that the space lacks, `few-shot` without examples, and a language
 * in which the words of those three are not built in.
 */
export function createFixedPrompts({ space, names, examples }: FixedPromptsOptions): readonly FixedPrompt[] {
  const wanted = names ?? allNames.filter((name) => name !== 'few-shot' || examples !== undefined);
  wanted.forEach((name, index) => {
    if (!allNames.includes(name) || wanted.indexOf(name) < index) {
      throw new InvalidArgumentError(`names[${index}]`, `one of ${allNames.join(', ')}, each at most once`, name);
    }
  });
  return wanted.map((name) => {
    const { choices = {}, history } = recipes[name];
    if (name !== 'few-shot') return createFixedPrompt(name, history ? rewordHistory(space, history) : space, choices);
    if (examples === undefined) {
      throw new InvalidArgumentError('examples', 'given for few-shot', examples, 'Use createSimilarUserExamples.');
    }
    const extended = rewordHistory(space, 'similar-users', { examples: examples.count });
    return { ...createFixedPrompt(name, extended, choices), prepareTask: examples.addTo };
  });
}

function createFixedPrompt(
  name: FixedPromptName,
  space: PatternSpace,
  choices: NonNullable<Recipe['choices']>,
): FixedPrompt {
  const choice: JointAction = neutralChoice(space).map((neutral, position) => {
    const { section } = space.patterns[position]!;
    return choices[section] === undefined ? neutral : findExpression(space, section, choices[section], name);
  });
  for (const [section, id] of Object.entries(choices)) findExpression(space, section, id, name);
  return {
    ...createFoundSequence(space, [choice], 0),
    name,
    space,
    choice,
    prepareTask: (task) => task,
  };
}

function findExpression({ patterns }: PatternSpace, section: string, id: string, name: FixedPromptName): number {
  const expressions = patterns.find((pattern) => pattern.section === section)?.expressions ?? [];
  const index = expressions.findIndex((expression) => expression.id === id);
  if (index >= 0) return index;
  throw new InvalidArgumentError(
    `${section} expressions of the space`,
    `a list with ${id}, which the prompt ${name} uses`,
    expressions.map((expression) => expression.id),
    'Add it, or leave the prompt out of names.',
  );
}
