import {
  computeObservationSize,
  encodeObservation,
  prepareEncoders,
  type RestoreEncoderOptions,
  restoreEncoder,
} from '@rppkit/env';
import { type JointAction, legalizeJointAction, type PatternSpace } from '@rppkit/patterns';
import { type Encoder, type EncoderState, InvalidArgumentError, type RankingTask } from '@rppkit/spec';
import { findNearest } from './k-means.ts';
import type { LoadFoundPromptsOptions } from './load-found-prompts.ts';
import { assertObject, loadPrompt, savePrompt } from './saved-prompts.ts';
import type { FoundPrompts, FoundPromptsState } from './searcher.ts';

export interface Segments {
  readonly space: PatternSpace;
  readonly encoders: readonly Encoder[];
  /** Centres of the segments, `Float64Array [segments, observationSize]`. */
  readonly centroids: Float64Array;
  /** The prompt of each segment. */
  readonly prompts: readonly JointAction[];
}

/** The prompt of the segment whose centroid is nearest, as far as its window is legal. */
export function createFoundSegments({ space, encoders, centroids, prompts }: Segments, calls: number): FoundPrompts {
  const size = computeObservationSize(encoders);
  return {
    calls,
    promptsPerRanking: 1,
    space,
    prepare: (tasks, options) => prepareEncoders(encoders, tasks.map(createContext), options),
    choose(task) {
      const observation = new Float32Array(size);
      encodeObservation(encoders, createContext(task), observation);
      return [legalizeJointAction(space, prompts[findNearest(centroids, observation)]!, task)];
    },
    save: () => ({
      kind: 'segments',
      calls,
      encoders: encoders.map((encoder) => encoder.state()),
      segments: prompts.map((prompt, segment) => ({
        centroid: [...centroids.subarray(segment * size, (segment + 1) * size)],
        prompt: savePrompt(space, prompt),
      })),
    }),
  };
}

/** A task before its first answer, as encoders see it. */
export function createContext(task: RankingTask): { task: RankingTask; round: number; rounds: number } {
  return { task, round: 0, rounds: 1 };
}

/** Throws `InvalidArgumentError` with the field that is wrong. */
export function loadFoundSegments(
  { calls, ...state }: FoundPromptsState,
  { space, encoders, ...restoring }: LoadFoundPromptsOptions,
): FoundPrompts {
  const restored = encoders ?? restoreEncoders(state['encoders'], restoring);
  const size = computeObservationSize(restored);
  const { segments } = state;
  if (!Array.isArray(segments) || segments.length === 0) {
    throw new InvalidArgumentError('state.segments', 'a list of at least one segment', segments);
  }
  const centroids = new Float64Array(segments.length * size);
  const prompts = segments.map((value: unknown, segment) => {
    const field = `state.segments[${segment}]`;
    const { centroid, prompt } = assertObject(field, value);
    if (!Array.isArray(centroid) || centroid.length !== size || !centroid.every(Number.isFinite)) {
      throw new InvalidArgumentError(`${field}.centroid`, `${size} numbers, as many as the encoders write`, centroid);
    }
    centroids.set(centroid, segment * size);
    return loadPrompt(space, `${field}.prompt`, prompt);
  });
  return createFoundSegments({ space, encoders: restored, centroids, prompts }, calls);
}

function restoreEncoders(states: unknown, restoring: RestoreEncoderOptions): readonly Encoder[] {
  if (!Array.isArray(states)) throw new InvalidArgumentError('state.encoders', 'a list of encoder states', states);
  return (states as readonly EncoderState[]).map((state) => restoreEncoder(state, restoring));
}
