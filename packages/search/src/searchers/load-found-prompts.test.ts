import { createRound } from '@rppkit/env';
import type { Encoder } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { createFoundSegments } from './found-segments.ts';
import { createFoundSequence } from './found-sequence.ts';
import { loadFoundPrompts } from './load-found-prompts.ts';
import type { FoundPromptsState } from './searcher.ts';

const { space, tasks, encoders } = createScriptedWorld({ users: 4, interaction: false });
const sequence = createFoundSequence(
  space,
  [
    [1, 2, 0],
    [0, 1, 0],
  ],
  200,
);
const prompts = [
  [1, 1, 0],
  [0, 3, 0],
];
const segments = createFoundSegments({ space, encoders, centroids: Float64Array.of(0.9, -1.1), prompts }, 300);

const reload = (state: FoundPromptsState): FoundPromptsState => JSON.parse(JSON.stringify(state));

describe('loadFoundPrompts', () => {
  it('restores a sequence', () => {
    const state = sequence.save();
    expect(state).toEqual({
      kind: 'sequence',
      calls: 200,
      prompts: [
        { history: 'w2', reasoning: 'even', format: 'indices' },
        { history: 'w1', reasoning: 'good', format: 'indices' },
      ],
    });
    const loaded = loadFoundPrompts(reload(state), { space });
    expect(loaded.save()).toEqual(state);
    const short = { ...tasks[0]!.task, history: [] };
    expect(loaded.choose(short)).toEqual([
      [0, 2, 0],
      [0, 1, 0],
    ]);
  });

  it('restores segments, with encoders that are given or those of the state', () => {
    const state = segments.save();
    expect(state['segments']).toEqual([
      { centroid: [0.9], prompt: { history: 'w2', reasoning: 'good', format: 'indices' } },
      { centroid: [-1.1], prompt: { history: 'w1', reasoning: 'odd', format: 'indices' } },
    ]);
    const given = loadFoundPrompts(reload(state), { space, encoders });
    expect(given.save()).toEqual(state);
    for (const [index, { task }] of tasks.entries()) expect(given.choose(task)).toEqual([prompts[index % 2]]);
    // The state of the fixture's encoder is that of the round, which writes 0 before the first answer.
    expect(loadFoundPrompts(reload(state), { space }).choose(tasks[1]!.task)).toEqual([prompts[0]]);
    const restorers = { round: (): Encoder => encoders[0]! };
    expect(loadFoundPrompts(reload(state), { space, restorers }).choose(tasks[1]!.task)).toEqual([prompts[1]]);
  });

  it('names the field of a state that is not whole', () => {
    const refused = (change: object, state = sequence.save()): unknown => {
      try {
        loadFoundPrompts({ ...state, ...change }, { space });
        return 'loaded';
      } catch (error) {
        return (error as { readonly argument?: string }).argument;
      }
    };
    expect(() => loadFoundPrompts(null as unknown as FoundPromptsState, { space })).toThrow('Expected state to be');
    expect(refused({ kind: 'oracle' })).toBe('state.kind');
    expect(refused({ calls: -1 })).toBe('state.calls');
    expect(refused({ calls: '1' })).toBe('state.calls');
    expect(refused({ prompts: [] })).toBe('state.prompts');
    expect(refused({ prompts: 'all' })).toBe('state.prompts');
    expect(refused({ prompts: [[0, 1, 0]] })).toBe('state.prompts[0]');
    expect(refused({ prompts: [null] })).toBe('state.prompts[0]');
    expect(refused({ prompts: [{ history: 'w1', format: 'indices' }] })).toBe('state.prompts[0].reasoning');
    expect(refused({ prompts: [{ history: 'w9', reasoning: 'good', format: 'indices' }] })).toBe(
      'state.prompts[0].history',
    );
    const own = segments.save();
    const [first] = own['segments'] as readonly object[];
    expect(refused({ encoders: {} }, own)).toBe('state.encoders');
    expect(refused({ encoders: [{ kind: 'unknown' }] }, own)).toBe('encoder kind');
    expect(refused({ segments: [] }, own)).toBe('state.segments');
    expect(refused({ segments: 2 }, own)).toBe('state.segments');
    expect(refused({ segments: [first, 'two'] }, own)).toBe('state.segments[1]');
    expect(refused({ segments: [{ ...first, centroid: [1, 2] }] }, own)).toBe('state.segments[0].centroid');
    expect(refused({ segments: [{ ...first, centroid: ['1'] }] }, own)).toBe('state.segments[0].centroid');
    expect(refused({ segments: [{ ...first, centroid: 1 }] }, own)).toBe('state.segments[0].centroid');
    expect(refused({ segments: [{ ...first, prompt: {} }] }, own)).toBe('state.segments[0].prompt.history');
    expect(refused({ encoders: [createRound().state(), createRound().state()] }, own)).toBe(
      'state.segments[0].centroid',
    );
  });
});
