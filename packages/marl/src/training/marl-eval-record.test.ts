import { InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createMarlEvalRecord, type MarlEvalRun, renderMarlEvalJson } from './marl-eval-record.ts';

const run: MarlEvalRun = {
  environment: 'games',
  task: 'climbing',
  algorithm: 'maa2c',
  run: 'seed_1',
  steps: [
    { stepCount: 320, metrics: { return: [5, 7], length: [1, 1] } },
    { stepCount: 640, elapsedTime: 1.5, metrics: { return: [7, 7], length: [1, 1] } },
  ],
  absoluteMetrics: { return: [7], length: [1] },
};

describe('createMarlEvalRecord', () => {
  it('has the layout of the README of marl-eval', () => {
    const record = createMarlEvalRecord([
      run,
      { ...run, run: 'seed_2' },
      { ...run, algorithm: 'vdn' },
      { ...run, task: 'penalty' },
      { ...run, environment: 'prompts' },
    ]);
    const entries = {
      step_1: { step_count: 320, return: [5, 7], length: [1, 1] },
      step_2: { step_count: 640, elapsed_time: 1.5, return: [7, 7], length: [1, 1] },
      absolute_metrics: { return: [7], length: [1] },
    };
    expect(record).toEqual({
      games: {
        climbing: { maa2c: { seed_1: entries, seed_2: entries }, vdn: { seed_1: entries } },
        penalty: { maa2c: { seed_1: entries } },
      },
      prompts: { climbing: { maa2c: { seed_1: entries } } },
    });
  });

  it('puts the absolute metrics last, where the tool looks for them, also in the text', () => {
    const text = renderMarlEvalJson(createMarlEvalRecord([run]));
    const parsed = JSON.parse(text) as { games: { climbing: { maa2c: { seed_1: object } } } };
    expect(Object.keys(parsed.games.climbing.maa2c.seed_1)).toEqual(['step_1', 'step_2', 'absolute_metrics']);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('takes names that objects have of themselves', () => {
    const record = createMarlEvalRecord([{ ...run, environment: 'constructor', run: 'toString' }]);
    expect(Object.keys(record)).toEqual(['constructor']);
    expect(Object.keys(record['constructor']!['climbing']!['maa2c']!)).toEqual(['toString']);
  });

  it.each<[string, MarlEvalRun[], RegExp]>([
    ['a run that is there twice', [run, run], /different names, received "games, climbing, maa2c, seed_1"/],
    ['a run without steps', [{ ...run, steps: [] }], /steps of games, climbing, maa2c, seed_1/],
    [
      'step counts that fall',
      [{ ...run, steps: [run.steps[1]!, run.steps[0]!] }],
      /stepCount in step 2 of .* at least 640, received 320/,
    ],
    ['half a step', [{ ...run, steps: [{ ...run.steps[0]!, stepCount: 0.5 }] }], /stepCount in step 1/],
    ['a negative time', [{ ...run, steps: [{ ...run.steps[0]!, elapsedTime: -1 }] }], /elapsedTime in step 1/],
    [
      'other metrics in a later step',
      [{ ...run, steps: [run.steps[0]!, { stepCount: 640, metrics: { return: [1], reward: [1] } }] }],
      /metrics in step 2 of .* named return, length, received "return, reward"/,
    ],
    [
      'more metrics in a later step',
      [{ ...run, steps: [run.steps[0]!, { stepCount: 640, metrics: { return: [1], length: [1], reward: [1] } }] }],
      /metrics in step 2/,
    ],
    ['absolute metrics that lack one', [{ ...run, absoluteMetrics: { return: [1] } }], /absolute metrics/],
    ['an empty metric', [{ ...run, absoluteMetrics: { return: [], length: [1] } }], /return in absolute metrics/],
    ['NaN', [{ ...run, absoluteMetrics: { return: [1, Number.NaN], length: [1] } }], /finite, received NaN/],
    [
      'a metric named as a field of the tool',
      [
        {
          ...run,
          steps: [{ stepCount: 1, metrics: { mean_step_count: [1] } }],
          absoluteMetrics: { mean_step_count: [1] },
        },
      ],
      /unlike step_count/,
    ],
  ])('refuses %s', (_, runs, message) => {
    expect(() => createMarlEvalRecord(runs)).toThrow(InvalidArgumentError);
    expect(() => createMarlEvalRecord(runs)).toThrow(message);
  });
});
