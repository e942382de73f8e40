import type { PatternSpace } from '@rppkit/patterns';
import { type Encoder, InvalidArgumentError } from '@rppkit/spec';
import { assertCount } from './state-fields.ts';

/** JSON form of the last-prompt encoder. */
export interface LastPromptState {
  readonly kind: 'last-prompt';
  /** Expressions of each pattern. */
  readonly sizes: readonly number[];
}

/** JSON form of the last-answer encoder. */
export interface LastAnswerState {
  readonly kind: 'last-answer';
}

/** JSON form of the round encoder. */
export interface RoundState {
  readonly kind: 'round';
}

/**
 * The choices of the round before, one-hot by pattern; zeros in the first round. `sizes`: expressions of each pattern.
 * Throws `InvalidArgumentError` for sizes below 1; encoding throws it for choices of other patterns.
 */
export function createLastPrompt(sizes: readonly number[]): Encoder {
  if (!Array.isArray(sizes) || sizes.length === 0) {
    throw new InvalidArgumentError('sizes', 'one number for each pattern', sizes);
  }
  sizes.forEach((size, position) => {
    assertCount(`sizes[${position}]`, size);
  });
  return {
    name: 'last-prompt',
    size: sizes.reduce((sum, size) => sum + size, 0),
    encode({ last }, output) {
      output.fill(0);
      if (last === undefined) return;
      let offset = 0;
      sizes.forEach((size, position) => {
        const chosen = last.choice[position];
        // Anything else would be written into the part of another pattern.
        if (chosen === undefined || !Number.isInteger(chosen) || chosen < 0 || chosen >= size) {
          throw new InvalidArgumentError(`last.choice[${position}]`, `an expression in [0, ${size})`, chosen);
        }
        output[offset + chosen] = 1;
        offset += size;
      });
    },
    state: (): LastPromptState => ({ kind: 'last-prompt', sizes }),
  };
}

const statuses = ['complete', 'partial', 'invalid', 'failed'] as const;

/**
 * How the answer of the round before could be read: complete, partial, invalid, failed (one-hot), then the share of the
 * candidates that it left out, 0 for a failed call. Zeros in the first round.
 */
export function createLastAnswer(): Encoder {
  return {
    name: 'last-answer',
    size: statuses.length + 1,
    encode({ last, task }, output) {
      output.fill(0);
      if (last === undefined) return;
      output[statuses.indexOf(last.status)] = 1;
      const candidates = task.candidates.length;
      if (last.status !== 'failed' && candidates > 0) output[statuses.length] = 1 - last.ranking.length / candidates;
    },
    state: (): LastAnswerState => ({ kind: 'last-answer' }),
  };
}

/** Rounds already asked as a share of all, in [0, 1). */
export function createRound(): Encoder {
  return {
    name: 'round',
    size: 1,
    encode({ round, rounds }, output) {
      output[0] = round / rounds;
    },
    state: (): RoundState => ({ kind: 'round' }),
  };
}

/** The three encoders that let later prompts react to earlier answers; for episodes of more than one round. */
export function createLastRoundEncoders(space: PatternSpace): readonly Encoder[] {
  return [
    createLastPrompt(space.patterns.map(({ expressions }) => expressions.length)),
    createLastAnswer(),
    createRound(),
  ];
}
