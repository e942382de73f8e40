import type { PatternSpace } from '@rppkit/patterns';
import type { PromptResiduals } from './prompt-residuals.ts';

/** What an expression is worth for everybody, as far as answers to random prompts show. */
export interface MainEffect {
  readonly id: string;
  /** Answers to prompts that held it. */
  readonly answers: number;
  /** Its reward less the mean of the pattern's expressions, all else equal; absent without an answer. */
  readonly effect?: number;
  /** Standard error of the effect, of independent answers; absent without an answer and with too few answers. */
  readonly error?: number;
}

/** Main effects by pattern, in the order of the space. */
export function listMainEffects(
  { cells: { count, starts }, effects, chosen, residuals }: PromptResiduals,
  space: Pick<PatternSpace, 'patterns'>,
): readonly (readonly MainEffect[])[] {
  const answers = new Int32Array(count);
  for (const cell of chosen) answers[cell]!++;
  const free = residuals.length - (count - space.patterns.length + 1);
  const variance = residuals.reduce((sum, residual) => sum + residual ** 2, 0) / free;
  return space.patterns.map(({ expressions }, position) => {
    const from = starts[position]!;
    const answered = expressions.map((_, action) => answers[from + action]!);
    const known = answered.filter((number) => number > 0);
    const total = known.reduce((sum, number) => sum + 1 / number, 0) / known.length ** 2;
    return expressions.map(({ id }, action): MainEffect => {
      const own = answered[action]!;
      if (own === 0) return { id, answers: 0 };
      const shown = { id, answers: own, effect: effects[from + action]! };
      // Of a mean less the plain mean of all means, itself among them.
      const error = Math.sqrt(variance * ((1 - 2 / known.length) / own + total));
      return free > 0 ? { ...shown, error } : shown;
    });
  });
}
