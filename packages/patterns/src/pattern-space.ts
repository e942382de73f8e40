import { InvalidArgumentError, type RankingTask } from '@rppkit/spec';
import { assertDomain, type Domain } from './domain.ts';
import type { Expression } from './expression.ts';
import { definePattern, type Pattern } from './pattern.ts';
import { PatternError } from './pattern-error.ts';

/** The joint action space: one domain and the patterns of all agents. Plain JSON data. */
export interface PatternSpace {
  readonly domain: Domain;
  /** At most one pattern for each section; `history` and `format` are required. */
  readonly patterns: readonly Pattern[];
}

/** One expression index for every pattern, in the order of `PatternSpace.patterns`. */
export type JointAction = readonly number[];

/** Checks patterns and their combination. Throws `PatternError`. */
export function createPatternSpace({ domain, patterns }: PatternSpace): PatternSpace {
  assertDomain(domain);
  const names = new Set<string>();
  const sections = new Set<string>();
  for (const pattern of patterns) {
    definePattern(pattern);
    if (names.has(pattern.name))
      throw new PatternError(`Expected unique pattern names, received ${pattern.name} twice. Rename one.`);
    if (sections.has(pattern.section)) {
      throw new PatternError(
        `Expected one pattern for the section ${pattern.section}, received two. Merge their expressions.`,
      );
    }
    names.add(pattern.name);
    sections.add(pattern.section);
  }
  for (const required of ['history', 'format']) {
    if (!sections.has(required)) {
      throw new PatternError(
        `Expected a pattern for the section ${required}, received none. A prompt cannot do without it.`,
      );
    }
  }
  return { domain, patterns: [...patterns] };
}

/** The number of joint actions: the product of the patterns' sizes. */
export function computeJointActionCount(space: PatternSpace): number {
  return space.patterns.reduce((product, pattern) => product * pattern.expressions.length, 1);
}

/** Joint action number `index` in [0, count); the last pattern varies fastest. */
export function decodeJointAction(space: PatternSpace, index: number): JointAction {
  const count = computeJointActionCount(space);
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new InvalidArgumentError('index', `an integer in [0, ${count})`, index);
  }
  const choice: number[] = [];
  let rest = index;
  for (let position = space.patterns.length - 1; position >= 0; position--) {
    const size = space.patterns[position]!.expressions.length;
    choice[position] = rest % size;
    rest = Math.floor(rest / size);
  }
  return choice;
}

/** The number of a joint action; inverse of `decodeJointAction`. */
export function encodeJointAction(space: PatternSpace, choice: JointAction): number {
  return getExpressions(space, choice).reduce(
    (index, _, position) => index * space.patterns[position]!.expressions.length + choice[position]!,
    0,
  );
}

/** The chosen expression of every pattern. Throws `InvalidArgumentError` for a choice outside the space. */
export function getExpressions(space: PatternSpace, choice: JointAction): readonly Expression[] {
  if (choice.length !== space.patterns.length) {
    throw new InvalidArgumentError('choice', `${space.patterns.length} indices, one a pattern`, choice);
  }
  return space.patterns.map((pattern, position) => {
    const expression = pattern.expressions[choice[position]!];
    if (expression === undefined) {
      throw new InvalidArgumentError(
        `choice of pattern ${pattern.name}`,
        `an integer in [0, ${pattern.expressions.length})`,
        choice[position],
      );
    }
    return expression;
  });
}

/**
 * Legal expressions for a task, one `Uint8Array [expressions]` a pattern, 1 = legal. A window longer than the history is
 * illegal; the smallest is always legal and shows what there is, even nothing.
 */
export function computeActionMasks(space: PatternSpace, task: RankingTask): readonly Uint8Array[] {
  return space.patterns.map(({ section, expressions }) => {
    const mask = new Uint8Array(expressions.length).fill(1);
    if (section !== 'history') return mask;
    const smallest = Math.min(...expressions.map((expression) => expression.window!));
    expressions.forEach((expression, index) => {
      if (expression.window! > task.history.length && expression.window! > smallest) mask[index] = 0;
    });
    return mask;
  });
}

/**
 * The nearest joint action that is legal for a task: an illegal window becomes the longest legal one, every other choice
 * stays. This is how a fixed prompt is asked for a user whose history is too short for it.
 */
export function legalizeJointAction(space: PatternSpace, choice: JointAction, task: RankingTask): JointAction {
  getExpressions(space, choice);
  const masks = computeActionMasks(space, task);
  return choice.map((action, position) => {
    const mask = masks[position]!;
    if (mask[action] === 1) return action;
    const { expressions } = space.patterns[position]!;
    let longest = -1;
    for (let index = 0; index < mask.length; index++) {
      if (mask[index] === 1 && (longest < 0 || expressions[index]!.window! > expressions[longest]!.window!))
        longest = index;
    }
    return longest;
  });
}
