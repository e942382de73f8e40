import { InvalidArgumentError } from '@rppkit/spec';
import type { Encoder } from './encoder.ts';
import { createHistoryStatistics, type HistoryStatisticsState } from './history-statistics.ts';
import {
  createLastAnswer,
  createLastPrompt,
  createRound,
  type LastAnswerState,
  type LastPromptState,
  type RoundState,
} from './last-round.ts';

/** JSON form of any encoder. */
export type EncoderState = HistoryStatisticsState | LastPromptState | LastAnswerState | RoundState;

/** An encoder from its saved state. Throws for a kind that this version does not know. */
export function restoreEncoder(state: EncoderState): Encoder {
  switch (state.kind) {
    case 'history-statistics':
      return createHistoryStatistics(state);
    case 'last-prompt':
      return createLastPrompt(state.sizes);
    case 'last-answer':
      return createLastAnswer();
    case 'round':
      return createRound();
    default:
      throw new InvalidArgumentError(
        'encoder kind',
        'one that this version knows',
        (state as EncoderState).kind,
        'Update @rppkit/env.',
      );
  }
}
