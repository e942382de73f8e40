import { type ActionMasks, InvalidArgumentError, type RandomStream, sampleDistinct } from '@rppkit/spec';
import type { AlgorithmMemory } from '../learner/algorithm.ts';
import type { LearningSpace } from '../learner/learning-space.ts';
import { assertRowBatch } from './assert-row-batch.ts';
import { joinRows } from './join-rows.ts';
import { pickRows, type RowBatch } from './rollout-batch.ts';

/** Chunks of fewer rows are joined, so that a memory of many small rollouts does not become many small arrays. */
const chunkRows = 256;

/**
 * Rows of earlier rollouts, for learners that may learn from them again; the newest `capacity` rows.
 *
 * Rows stand in chunks, oldest first, whose arrays are never written again: what `save` hands out shares them, stays as it
 * is whatever is appended later, and must not be written either.
 */
export class ReplayMemory implements AlgorithmMemory {
  readonly #capacity: number;
  #chunks: readonly RowBatch[] = [];
  /** Chunks that were checked here; those of a loaded state are copied and checked. */
  #known = new WeakSet<RowBatch>();

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Rows that it holds. */
  get rowCount(): number {
    return this.#chunks.reduce((sum, { rowCount }) => sum + rowCount, 0);
  }

  /**
   * Keeps copies of the rows that `rows` names. Nothing is bootstrapped from what follows a terminated row, so zeros, and
   * masks that allow everything, take its place. Throws `InvalidArgumentError` for rows that cannot be learned from.
   */
  append(batch: RowBatch, space: LearningSpace, rows: readonly number[]): void {
    const picked = dropEnds(pickRows(batch, space, rows.slice(-this.#capacity)), space);
    assertRowBatch('rows', picked, space);
    const last = this.#chunks.at(-1);
    const joins = last !== undefined && last.rowCount + picked.rowCount <= chunkRows;
    const chunks = joins ? [...this.#chunks.slice(0, -1), joinRows([last, picked], space)] : [...this.#chunks, picked];
    this.#setChunks(dropOldest(chunks, this.#capacity, space));
  }

  /** `count` different rows, uniformly drawn; all of them where there are no more. Throws where there are none. */
  sample(space: LearningSpace, count: number, random: RandomStream): RowBatch {
    const { rowCount } = this;
    if (rowCount === 0) throw new InvalidArgumentError('the replay memory', 'filled by append first', 'no rows');
    const drawn = sampleDistinct(random, rowCount, Math.min(count, rowCount)).sort();
    const parts: RowBatch[] = [];
    let offset = 0;
    for (const chunk of this.#chunks) {
      const end = offset + chunk.rowCount;
      const rows = Array.from(drawn.filter((row) => row >= offset && row < end)).map((row) => row - offset);
      if (rows.length > 0) parts.push(pickRows(chunk, space, rows));
      offset = end;
    }
    return joinRows(parts, space);
  }

  /** Makes room for one more action of `agent` in all masks: it is legal where `parent` is. */
  widen(agent: string, parent: number): void {
    const widenMasks = (masks: ActionMasks | undefined, rowCount: number): ActionMasks | undefined =>
      masks && { ...masks, [agent]: repeatColumn(masks[agent]!, masks[agent]!.length / rowCount, parent) };
    // Chunks that were handed out have the old masks, and count as foreign from now on.
    this.#known = new WeakSet();
    this.#setChunks(
      this.#chunks.map((chunk) => ({
        ...chunk,
        actionMasks: widenMasks(chunk.actionMasks, chunk.rowCount),
        nextActionMasks: widenMasks(chunk.nextActionMasks, chunk.rowCount),
      })),
    );
  }

  /** The chunks, oldest first, not copied. */
  save(): readonly RowBatch[] {
    return this.#chunks;
  }

  prepareRestore(saved: unknown, space: LearningSpace): () => void {
    if (!Array.isArray(saved)) throw new InvalidArgumentError('state.extra.replay', 'an array of rows', saved);
    const chunks = saved.map((chunk: unknown, index) => {
      if (this.#known.has(chunk as RowBatch)) return chunk as RowBatch;
      assertRowBatch(`state.extra.replay[${index}]`, chunk, space);
      return pickRows(
        chunk,
        space,
        Array.from({ length: chunk.rowCount }).map((_, row) => row),
      );
    });
    const rows = chunks.reduce((sum, { rowCount }) => sum + rowCount, 0);
    if (rows > this.#capacity) {
      const advice = 'Load states of learners with the same replayCapacity.';
      throw new InvalidArgumentError('state.extra.replay', `at most ${this.#capacity} rows`, rows, advice);
    }
    return () => this.#setChunks(chunks);
  }

  #setChunks(chunks: readonly RowBatch[]): void {
    this.#chunks = chunks;
    for (const chunk of chunks) this.#known.add(chunk);
  }
}

/** Clears what follows terminated rows, which may hold anything. Writes into the given arrays. */
function dropEnds(batch: RowBatch, { agents, observationSize, stateSize, actionCounts }: LearningSpace): RowBatch {
  for (const [row, terminated] of batch.terminated.entries()) {
    if (terminated === 0) continue;
    batch.nextObservations.fill(0, row * observationSize, (row + 1) * observationSize);
    batch.nextStates.fill(0, row * stateSize, (row + 1) * stateSize);
    for (const agent of agents) {
      batch.nextActionMasks?.[agent]?.fill(1, row * actionCounts[agent]!, (row + 1) * actionCounts[agent]!);
    }
  }
  return batch;
}

/** Leaves out rows at the beginning, so that at most `capacity` stay. */
function dropOldest(chunks: readonly RowBatch[], capacity: number, space: LearningSpace): readonly RowBatch[] {
  let excess = chunks.reduce((sum, { rowCount }) => sum + rowCount, 0) - capacity;
  const kept = [...chunks];
  while (excess > 0) {
    const oldest = kept.shift()!;
    const left = oldest.rowCount - excess;
    if (left > 0) {
      const rows = Array.from({ length: left }, (_, index) => excess + index);
      kept.unshift(pickRows(oldest, space, rows));
    }
    excess -= oldest.rowCount;
  }
  return kept;
}

/** The `[rows, width]` array with a copy of column `column` at the end of each row. */
function repeatColumn(values: Uint8Array, width: number, column: number): Uint8Array {
  const rowCount = values.length / width;
  const widened = new Uint8Array(rowCount * (width + 1));
  for (let row = 0; row < rowCount; row++) {
    widened.set(values.subarray(row * width, (row + 1) * width), row * (width + 1));
    widened[row * (width + 1) + width] = values[row * width + column]!;
  }
  return widened;
}
