import { describe, expect, it } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { type ExperimentConfigInput, parseExperimentConfig } from './experiment-config.ts';

const data: ExperimentConfigInput['data'] = { kind: 'synthetic', preset: 'mild' };

describe('parseExperimentConfig', () => {
  it('fills in defaults', () => {
    expect(parseExperimentConfig({ data, plus: {} })).toEqual({
      data: { kind: 'synthetic', preset: 'mild', users: 5000 },
      domain: 'movies',
      rounds: 1,
      patterns: 'default',
      learner: 'rpp',
      observation: 'default',
      model: 'simulated',
      concurrency: 32,
      seed: 1,
      candidates: 10,
      episodes: 3000,
      batchSize: 64,
      oracleAnswers: 0,
      swaps: 20,
      allowedLoss: 0.02,
      plus: { every: 1, share: 0.2, patterns: ['role', 'reasoning', 'format'] },
    });
  });

  it.each([
    [{ data }, 'movies', 20],
    [{ data, model: 'simulated:strong' }, 'movies', 20],
    [{ data: { kind: 'files', path: 'x', format: 'ml-1m' }, model: 'openai:gpt-4o-mini' }, 'movies', 1],
    [{ data: { kind: 'files', path: 'x', format: 'csv' } }, 'products', 20],
    [{ data: { kind: 'files', path: 'x' }, domain: 'books', swaps: 3 }, 'books', 3],
  ])('chooses words and swaps by data and model: %j', (input, domain, swaps) => {
    expect(parseExperimentConfig(input)).toMatchObject({ domain, swaps });
  });

  it.each([
    [{ data, epochs: 1 }, 'Expected only known fields, received <epochs>. Remove or rename it'],
    [{ data: { ...data, path: 'x' } }, 'Expected only known fields, received <data.path>.'],
    [{}, 'Expected <data> to be an object, received nothing. Correct it.'],
    [
      { data: { kind: 'world' } },
      'Expected <data.kind> to be one of "synthetic", "files", received "world". Correct it.',
    ],
    [{ data, domain: 'films' }, 'Expected <domain> to be one of "movies", "games", '],
    [{ data, episodes: '64' }, 'Expected <episodes> to be a number, received "64". Correct it.'],
    [{ data, episodes: 1.5 }, 'Expected <episodes> to be an integer, received 1.5. Correct it.'],
    [{ data, episodes: 0 }, 'Expected <episodes> to be above 0, received 0. Correct it.'],
    [{ data, bestFixedCalls: 127 }, 'Expected <bestFixedCalls> to be at least 128, received 127. Correct it.'],
    [{ data, candidates: 101 }, 'Expected <candidates> to be at most 100, received 101. Correct it.'],
    [{ data, oracleAnswers: 999 }, 'Expected <oracleAnswers> to be 0 or an integer of at least 1000, received 999.'],
    [{ data, model: null }, 'Expected <model> to be a string, received null. Correct it.'],
    [{ data, plus: { share: 1 } }, 'Expected <plus.share> to be below 1, received 1. Correct it.'],
    [{ data, plus: { patterns: [] } }, 'Expected <plus.patterns> to be at least 1 entries, received '],
    [{ data, plus: { patterns: ['role', 'tone'] } }, 'Expected <plus.patterns.1> to be one of "role", '],
    [{ data: { kind: 'files', path: 'x', delimiter: '' } }, 'Expected <data.delimiter> to be at least 1 characters'],
    [3, 'Expected a configuration to be an object, received 3.'],
  ])('names the field that is wrong: %j', (input, message) => {
    expect(() => parseExperimentConfig(input, (path) => `<${path}>`)).toThrow(message);
    expect(() => parseExperimentConfig(input)).toThrow(UsageError);
  });

  it('calls a field of nothing in particular a field of the configuration', () => {
    expect(() => parseExperimentConfig({ data, seed: 'x' })).toThrow(
      'Expected the configuration field seed to be a number, received "x". Correct it.',
    );
  });
});
