import { type Encoder, type EncoderState, InvalidArgumentError, type TextEmbedder } from '@rppkit/spec';
import { createHashedText, type HashedTextState } from './hashed-text.ts';
import { createHistoryEmbedding, type HistoryEmbeddingState } from './history-embedding.ts';
import { createHistoryStatistics, type HistoryStatisticsState } from './history-statistics.ts';
import { type LastRankingState, type RankedPositionsState, restoreRankingEncoder } from './last-ranking.ts';
import { createLastAnswer, createLastPrompt, createRound, type LastPromptState } from './last-round.ts';
import { assertObject } from './state-fields.ts';
import { createTextEmbedding, type TextEmbeddingState } from './text-embedding.ts';
import { assertTextSource } from './text-source.ts';
import { createUserEmbedding, type UserEmbeddingState } from './user-embedding.ts';

/** What a saved state cannot hold. */
export interface RestoreEncoderOptions {
  /** Embedders of the text embeddings among the states, found by id. */
  readonly embedders?: readonly TextEmbedder[];
  /** Encoders of one's own, by kind; they come before the kinds of this package. */
  readonly restorers?: Readonly<Record<string, (state: EncoderState) => Encoder>>;
}

type Restorer = (state: EncoderState, embedders: readonly TextEmbedder[]) => Encoder;

const ownRestorers: ReadonlyMap<string, Restorer> = new Map<string, Restorer>([
  ['history-statistics', (state) => createHistoryStatistics(state as HistoryStatisticsState)],
  ['history-embedding', (state) => createHistoryEmbedding(state as HistoryEmbeddingState)],
  ['user-embedding', (state) => createUserEmbedding(state as UserEmbeddingState)],
  ['text-embedding', (state, embedders) => restoreTextEmbedding(state as TextEmbeddingState, embedders)],
  ['hashed-text', (state) => restoreHashedText(state as HashedTextState)],
  ['last-prompt', (state) => createLastPrompt((state as LastPromptState).sizes)],
  ['last-answer', () => createLastAnswer()],
  ['last-ranking', (state) => restoreRankingEncoder(state as LastRankingState)],
  ['ranked-positions', (state) => restoreRankingEncoder(state as RankedPositionsState)],
  ['round', () => createRound()],
]);

/**
 * An encoder from its saved state, as a file holds it. Throws `InvalidArgumentError`, which says what to pass, for a kind
 * that has no restorer or a text embedder that is missing, and names the field where a state is not whole.
 */
export function restoreEncoder(
  state: EncoderState,
  { embedders = [], restorers = {} }: RestoreEncoderOptions = {},
): Encoder {
  assertObject('encoder state', state);
  const { kind } = state;
  if (Object.hasOwn(restorers, kind)) return restorers[kind]!(state);
  const restore = ownRestorers.get(kind);
  if (restore !== undefined) return restore(state, embedders);
  const known = [...Object.keys(restorers), ...ownRestorers.keys()].join(', ');
  throw new InvalidArgumentError(
    'encoder kind',
    `one of ${known}`,
    kind,
    'Pass restorers: { [kind]: (state) => encoder } for an encoder of your own, or update @rppkit/env.',
  );
}

function restoreHashedText(state: HashedTextState): Encoder {
  // Here, because a field that a file lacks must not become a default.
  assertTextSource(state, 'state.');
  return createHashedText(state);
}

function restoreTextEmbedding(state: TextEmbeddingState, embedders: readonly TextEmbedder[]): Encoder {
  assertTextSource(state, 'state.');
  if (typeof state.seed !== 'string' && !Number.isSafeInteger(state.seed)) {
    throw new InvalidArgumentError('state.seed', 'a safe integer or text', state.seed);
  }
  assertObject('state.embedder', state.embedder);
  const { id, dimensions } = state.embedder;
  const embedder = embedders.find((candidate) => candidate.id === id);
  if (embedder === undefined) {
    throw new InvalidArgumentError(
      'embedders',
      `a list with text embedder ${JSON.stringify(id)}, which encoder ${state.name} reads`,
      embedders,
      'Pass embedders: [embedder] with that id when the encoders are restored.',
    );
  }
  if (embedder.dimensions !== dimensions) {
    throw new InvalidArgumentError(
      `the dimensions of embedder ${id}`,
      `${dimensions}, as when the encoder was saved`,
      embedder.dimensions,
    );
  }
  return createTextEmbedding({ ...state, embedder });
}
