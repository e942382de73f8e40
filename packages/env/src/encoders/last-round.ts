import type { PatternSpace } from '@rppkit/patterns';
import type { Encoder } from './encoder.ts';

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

/** The choices of the round before, one-hot by pattern; zeros in the first round. */
export function createLastPrompt(sizes: readonly number[]): Encoder {
  return {
    name: 'last-prompt',
    size: sizes.reduce((sum, size) => sum + size, 0),
    encode({ last }, output) {
      output.fill(0);
      let offset = 0;
      sizes.forEach((size, position) => {
        if (last !== undefined) output[offset + last.choice[position]!] = 1;
        offset += size;
      });
    },
    state: () => ({ kind: 'last-prompt', sizes }),
  };
}

/** How the answer of the round before could be read: complete, partial, invalid, failed (one-hot), and the share missing. */
export function createLastAnswer(): Encoder {
  return {
    name: 'last-answer',
    size: 5,
    encode({ last, task }, output) {
      output.fill(0);
      if (last === undefined) return;
      if (last.answer.outcome === 'failed') {
        output[3] = 1;
        return;
      }
      const { kind } = last.answer.parsed;
      output[kind === 'complete' ? 0 : kind === 'partial' ? 1 : 2] = 1;
      output[4] = 1 - last.answer.ranking.length / task.candidates.length;
    },
    state: () => ({ kind: 'last-answer' }),
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
    state: () => ({ kind: 'round' }),
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
