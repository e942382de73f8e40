import type { JointAction, PatternSpace } from '@rppkit/patterns';
import { InvalidArgumentError } from '@rppkit/spec';

/** A joint action in a saved state: the id of the expression of each pattern, so that another space is noticed. */
export type SavedPrompt = Readonly<Record<string, string>>;

export function savePrompt({ patterns }: PatternSpace, choice: JointAction): SavedPrompt {
  return Object.fromEntries(
    patterns.map(({ name, expressions }, position) => [name, expressions[choice[position]!]!.id]),
  );
}

/** The joint action of a saved prompt. Throws `InvalidArgumentError` with the field that does not fit the space. */
export function loadPrompt({ patterns }: PatternSpace, field: string, value: unknown): JointAction {
  const prompt = assertObject(field, value);
  return patterns.map(({ name, expressions }) => {
    const id = Object.hasOwn(prompt, name) ? prompt[name] : undefined;
    const action = expressions.findIndex((expression) => expression.id === id);
    if (action >= 0) return action;
    throw new InvalidArgumentError(
      `${field}.${name}`,
      `the id of an expression of the pattern ${name}`,
      id,
      'Load it with the pattern space of the search.',
    );
  });
}

/** Throws `InvalidArgumentError` where a field holds no object. */
export function assertObject(field: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new InvalidArgumentError(field, 'an object', value);
}
