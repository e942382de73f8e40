import { computeObservationSize, encodeObservation, prepareEncoders } from '@rppkit/env';
import type { JointAction } from '@rppkit/patterns';
import { type Encoder, type EncoderContext, InvalidArgumentError, type RankingTask } from '@rppkit/spec';
import { createContext, createFoundSegments } from './found-segments.ts';
import { halvePrompts } from './halve-prompts.ts';
import { fewestRoundCalls, planSmallHalving } from './halving-plan.ts';
import { computeKMeans } from './k-means.ts';
import { countPrompts } from './list-prompts.ts';
import { rankPrompts, screenPrompts } from './screen-prompts.ts';
import { createSearchCalls } from './search-calls.ts';
import type { Searcher } from './searcher.ts';
import { createTaskWalk } from './task-walk.ts';

export interface SegmentSearchOptions {
  /** What tasks are grouped by, at least one, in the scale in which they write. */
  readonly encoders: readonly Encoder[];
  /** Segments, a positive integer; default 4. Fewer where the encodings have fewer different values. */
  readonly segments?: number;
}

/**
 * One prompt for each segment of the users: k-means on the encodings of the tasks, then the best fixed prompt of each
 * segment; a task is served the prompt of the nearest centroid. Half of the calls screen all prompts, with a ridge model
 * that shares across segments what they have in common; the other half is shared by the segments, in each a sequential
 * halving of its finalists. Needs 16 calls for each segment.
 */
export function createSegmentSearch({ encoders, segments = 4 }: SegmentSearchOptions): Searcher {
  const size = computeObservationSize(encoders);
  if (size === 0) throw new InvalidArgumentError('encoders', 'at least one that writes something', encoders);
  if (!Number.isInteger(segments) || segments < 1) {
    throw new InvalidArgumentError('segments', 'a positive integer', segments);
  }
  const fewest = 2 * fewestRoundCalls * segments;
  return {
    name: 'segments',
    computeFewestCalls: () => fewest,
    async search(source, { random, ...options }) {
      const calls = createSearchCalls(source, fewest, options);
      const contexts = source.tasks.map(({ task }) => createContext(task));
      const points = await encodeAll(encoders, contexts, options.signal);
      const { centroids, assignment } = computeKMeans(points, size, segments, random.split('segments'));
      const count = centroids.length / size;
      const members = Array.from({ length: count }, (_, segment) =>
        Int32Array.from(assignment.keys()).filter((task) => assignment[task] === segment),
      );

      const screening = Math.floor(options.calls / 2);
      const indicator = createSegmentIndicator(
        count,
        new Map(contexts.map(({ task }, index) => [task, assignment[index]!])),
      );
      const model = await screenPrompts(calls, { count: screening, random, encoders: [indicator] });
      const rounds = planSmallHalving(Math.floor(calls.left / count), countPrompts(source));
      const prompts: JointAction[] = [];
      for (const [segment, tasks] of members.entries()) {
        const finalists = rankPrompts(calls, model, rounds[0]?.finalists ?? 1, contexts[tasks[0]!]!.task);
        const walk = createTaskWalk(source, random.split('halving').split(segment), { tasks });
        prompts.push((await halvePrompts(calls, { finalists, rounds, getDraw: (place) => walk(place) })).choice);
      }
      return createFoundSegments({ space: source.space, encoders, centroids, prompts }, calls.made);
    },
  };
}

/** Observations of all contexts, `Float32Array [contexts, observationSize]`. */
async function encodeAll(
  encoders: readonly Encoder[],
  contexts: readonly EncoderContext[],
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  await prepareEncoders(encoders, contexts, signal === undefined ? {} : { signal });
  signal?.throwIfAborted();
  const size = computeObservationSize(encoders);
  const observations = new Float32Array(contexts.length * size);
  contexts.forEach((context, index) => {
    encodeObservation(encoders, context, observations.subarray(index * size, (index + 1) * size));
  });
  return observations;
}

/** The segment of a task, one-hot. */
function createSegmentIndicator(segments: number, segmentOf: ReadonlyMap<RankingTask, number>): Encoder {
  return {
    name: 'segment',
    size: segments,
    encode({ task }, output) {
      output.fill(0);
      output[segmentOf.get(task)!] = 1;
    },
    state: () => ({ kind: 'segment' }),
  };
}
