import { InvalidArgumentError } from '@rppkit/spec';
import type { LearningSpace } from '../learner/learning-space.ts';

/** Groups of weights that share a prior variance; from `actionState` on one group a value of the state. */
export const featureGroups = { constant: 0, state: 1, action: 2, actionState: 3 } as const;

/** One action of one agent in the features. */
interface ActionBlock {
  /** First feature of its block: a constant, then one weight a value of the state. */
  readonly start: number;
  /** Action of the same agent that it was made of; absent: there from the beginning. */
  readonly parent?: number;
}

/** Which actions of each agent have which block, as plain data. */
export type SavedFeatures = readonly (readonly ActionBlock[])[];

/**
 * The features of a critic that is linear in the state, and once more for the action of each agent: a constant, the state,
 * then one block an action. An action with a parent is its parent plus a difference: both blocks are read.
 */
export class CriticFeatures {
  readonly stateSize: number;
  #blocks: ActionBlock[][];
  #size: number;

  constructor({ agents, stateSize, actionCounts }: LearningSpace) {
    this.stateSize = stateSize;
    this.#size = 1 + stateSize;
    this.#blocks = agents.map((agent) => Array.from({ length: actionCounts[agent]! }, () => this.#addBlock()));
  }

  /** Number of features. */
  get size(): number {
    return this.#size;
  }

  /** Number of groups. */
  get groupCount(): number {
    return featureGroups.actionState + this.stateSize;
  }

  /** Number of actions of each agent. */
  get counts(): readonly number[] {
    return this.#blocks.map(({ length }) => length);
  }

  /** The group of each feature, `Int32Array [size]`. */
  computeGroups(): Int32Array {
    const groups = new Int32Array(this.#size).fill(featureGroups.state);
    groups[0] = featureGroups.constant;
    for (const { start } of this.#blocks.flat()) {
      groups[start] = featureGroups.action;
      for (let value = 0; value < this.stateSize; value++) {
        groups[start + 1 + value] = featureGroups.actionState + value;
      }
    }
    return groups;
  }

  /** First features of all blocks (1, state), rising: that of the state alone, then those of actions. */
  listStarts(): readonly number[] {
    const starts = this.#blocks.flat().map(({ start }) => start);
    return [0, ...starts.sort((left, right) => left - right)];
  }

  /** First features of the blocks that an action reads: its own, its parent's, and so on. */
  listBlocks(agent: number, action: number): readonly number[] {
    const starts: number[] = [];
    for (let at: number | undefined = action; at !== undefined; at = this.#blocks[agent]![at]!.parent) {
      starts.push(this.#blocks[agent]![at]!.start);
    }
    return starts;
  }

  /** Adds an action to an agent: its parent plus a difference, whose block comes last. */
  widen(agent: number, parent: number): void {
    this.#blocks[agent]!.push({ ...this.#addBlock(), parent });
  }

  /** The weights that make an action's value of a state, `[1 + stateSize]`: the sum over the blocks that it reads. */
  sumWeights(weights: Float64Array, agent: number, action: number): Float64Array {
    const sum = new Float64Array(1 + this.stateSize);
    for (const start of this.listBlocks(agent, action)) {
      for (let index = 0; index < sum.length; index++) sum[index]! += weights[start + index]!;
    }
    return sum;
  }

  save(): SavedFeatures {
    return this.#blocks.map((blocks) => blocks.map((block) => ({ ...block })));
  }

  /** Checks, without a change; returns what sets it. Throws `InvalidArgumentError` for what `save` cannot have made. */
  prepareRestore(saved: unknown, counts: readonly number[]): { readonly size: number; set(): void } {
    const width = 1 + this.stateSize;
    const blocks = saved as SavedFeatures;
    const total = counts.reduce((sum, count) => sum + count, 0);
    const starts = new Set(Array.from({ length: total }, (_, index) => 1 + this.stateSize + index * width));
    const isSaved =
      Array.isArray(saved) &&
      saved.length === counts.length &&
      blocks.every(
        (own, agent) =>
          Array.isArray(own) &&
          own.length === counts[agent] &&
          own.every(
            ({ start, parent }, action) =>
              starts.delete(start) &&
              (parent === undefined || (Number.isInteger(parent) && parent >= 0 && parent < action)),
          ),
      );
    if (!isSaved) {
      throw new InvalidArgumentError('features of the critic', `blocks of ${counts.join(', ')} actions`, saved);
    }
    return {
      size: 1 + this.stateSize + total * width,
      set: () => {
        this.#blocks = blocks.map((own) => own.map((block) => ({ ...block })));
        this.#size = 1 + this.stateSize + total * width;
      },
    };
  }

  #addBlock(): ActionBlock {
    const start = this.#size;
    this.#size += 1 + this.stateSize;
    return { start };
  }
}
