import type { JointAction, PatternSpace } from '@rppkit/patterns';
import { InvalidArgumentError, type LastRound, type RankingTask } from '@rppkit/spec';

/** A round that is about to be asked, as far as no label is needed to know it. */
export interface ComingRound {
  readonly task: RankingTask;
  readonly choice: JointAction;
  /** 0 … rounds-1. */
  readonly round: number;
  /** The round before. */
  readonly last?: LastRound;
}

/**
 * Puts other sentences in place of the space's own for the rounds of one step: a space for each round, with the same
 * expressions but for their words.
 */
export type Reword = (
  rounds: readonly ComingRound[],
  options: { readonly signal?: AbortSignal },
) => Promise<readonly PatternSpace[]>;

/** Throws `InvalidArgumentError` unless two spaces have the same patterns, ids, windows and forms of answers. */
export function assertSameExpressions(received: PatternSpace, expected: PatternSpace, argument: string): void {
  const describe = ({ patterns }: PatternSpace): string =>
    patterns.map((pattern) => `${pattern.name} (${pattern.expressions.map(describeExpression).join(', ')})`).join('; ');
  const [given, own] = [received, expected].map(describe);
  if (given !== own) throw new InvalidArgumentError(argument, `spaces with ${own}`, given);
}

/**
 * Throws `InvalidArgumentError` unless a space has the same patterns with the same expressions, in their places, as another
 * one had, and perhaps more behind them; words may differ, and expressions may be retired or not.
 */
export function assertGrown(received: PatternSpace, expected: PatternSpace): void {
  const cut = {
    ...received,
    patterns: received.patterns.map((pattern, position) => ({
      ...pattern,
      expressions: pattern.expressions.slice(0, expected.patterns[position]?.expressions.length),
    })),
  };
  assertSameExpressions(cut, expected, 'space');
}

function describeExpression({
  id,
  window,
  increment,
  answer,
}: PatternSpace['patterns'][number]['expressions'][number]) {
  return [id, window, increment, answer].filter((field) => field !== undefined).join(' ');
}
