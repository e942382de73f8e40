import type { Encoder, EncoderState, TextEmbedder } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createHashedText } from './hashed-text.ts';
import { createHashedItemEmbedding } from './item-embedding.ts';
import { createLastRanking } from './last-ranking.ts';
import { createRound } from './last-round.ts';
import { restoreEncoder } from './restore-encoder.ts';
import { createTextEmbedding } from './text-embedding.ts';

const embedder: TextEmbedder = {
  id: 'letters',
  dimensions: 3,
  embed: async (texts) => texts.map(() => new Float32Array(3)),
};

describe('restoreEncoder', () => {
  it('names a kind that it does not know, and says what to pass', () => {
    expect(() => restoreEncoder({ kind: 'weather' })).toThrow(
      /Expected encoder kind to be one of history-statistics, .*received "weather"\. Pass restorers:/,
    );
    expect(() => restoreEncoder({ kind: 'constructor' })).toThrow('received "constructor"');
    expect(() => restoreEncoder({} as EncoderState)).toThrow('Expected encoder kind');
    expect(() => restoreEncoder(null as unknown as EncoderState)).toThrow('Expected encoder state to be an object');
  });

  it('restores kinds of others through their restorers, which come first', () => {
    const own: Encoder = { ...createRound(), name: 'weather', state: () => ({ kind: 'weather' }) };
    const restorers = { weather: () => own, round: () => own };
    expect(restoreEncoder({ kind: 'weather' }, { restorers })).toBe(own);
    expect(restoreEncoder({ kind: 'round' }, { restorers })).toBe(own);
    expect(restoreEncoder({ kind: 'last-answer' }, { restorers }).name).toBe('last-answer');
    expect(() => restoreEncoder({ kind: 'tides' }, { restorers })).toThrow('one of weather, round, history-stat');
  });

  it('names the text embedder that is missing, or has changed', () => {
    const state = createTextEmbedding({ embedder }).state();
    expect(restoreEncoder(state, { embedders: [{ ...embedder, id: 'other' }, embedder] }).state()).toEqual(state);
    expect(() => restoreEncoder(state)).toThrow(
      'Expected embedders to be a list with text embedder "letters", which encoder history-text-embedding reads',
    );
    expect(() => restoreEncoder(state, { embedders: [{ ...embedder, dimensions: 4 }] })).toThrow(
      'Expected the dimensions of embedder letters to be 3, as when the encoder was saved, received 4',
    );
  });

  const hashed = createHashedText().state();
  const text = createTextEmbedding({ embedder }).state();
  const ranking = createLastRanking({ embedding: createHashedItemEmbedding() }).state();
  it.each([
    [{ ...hashed, dimensions: undefined }, 'Expected state.dimensions'],
    [{ ...hashed, source: undefined }, 'Expected state.source'],
    [{ ...hashed, window: null }, 'Expected state.window'],
    [{ ...hashed, name: undefined }, 'Expected state.name'],
    [{ ...text, seed: undefined }, 'Expected state.seed to be a safe integer or text, received undefined'],
    [{ ...text, embedder: undefined }, 'Expected state.embedder to be an object'],
    [{ ...text, dimensions: 0 }, 'Expected state.dimensions'],
    [{ ...ranking, name: undefined }, 'Expected state.name'],
    [{ ...ranking, embedding: undefined }, 'Expected state.embedding to be an object'],
    [{ ...ranking, kind: 'ranked-positions' }, 'Expected positions to be a positive integer, received undefined'],
  ])('rejects %o, which lacks a field, instead of taking a default', (state, message) => {
    expect(() => restoreEncoder(state as EncoderState, { embedders: [embedder] })).toThrow(message);
  });
});
