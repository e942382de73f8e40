import { type EmbeddingTable, InvalidArgumentError, type Item, type RankingTask } from '@rppkit/spec';
import { computeTableState, createEmbeddingTable, type EmbeddingTableState } from './embedding-table.ts';
import { listHistoryItems } from './history-mean.ts';
import { assertStandardization, fitStandardization, type Standardization, standardizeInto } from './standardization.ts';
import { assertCount, assertObject } from './state-fields.ts';
import { createTextHasher, normalizeSums } from './text-hasher.ts';
import { assertTrainingTasks } from './training-tasks.ts';

/** Vectors of items, ready for a network. Encoders of rankings may share one. */
export interface ItemEmbedding {
  readonly dimensions: number;
  /** `Float32Array [dimensions]`, finite; undefined for an unknown item. */
  get(item: Item): Float32Array | undefined;
  state(): ItemEmbeddingState;
}

/** JSON form of an item embedding: saved vectors, standardised over the saved items, or words. */
export type ItemEmbeddingState =
  | ({ readonly kind: 'table'; readonly items: EmbeddingTableState } & Standardization)
  | { readonly kind: 'hashed-text'; readonly dimensions: number };

/** What a fitted item embedding is made of. */
export interface ItemEmbeddingOptions {
  /** Item vectors by item id, from any model. */
  readonly table: EmbeddingTable;
  /** Ids of further items to save, such as candidates of later users. Default: only the tasks' own. */
  readonly items?: Iterable<string>;
}

/**
 * Saves the vectors of the tasks' histories and candidates, standardised by dimension over these items. Throws
 * `InvalidArgumentError` where the table knows none of them.
 */
export function fitItemEmbedding(
  tasks: readonly RankingTask[],
  { table, items = [] }: ItemEmbeddingOptions,
): ItemEmbedding {
  assertTrainingTasks(tasks);
  const state = computeTableState(table, listTaskItems(tasks, items));
  if (state.ids.length === 0) {
    const advice = 'Pass the table of the data set that the tasks come from.';
    throw new InvalidArgumentError('table', 'one that knows an item of the tasks', state.ids, advice);
  }
  const saved = createEmbeddingTable(state);
  const standardization = fitStandardization(
    state.ids.map((id) => saved.get(id)!),
    state.dimensions,
  );
  return restoreItemEmbedding({ kind: 'table', items: state, ...standardization });
}

function* listTaskItems(tasks: readonly RankingTask[], further: Iterable<string>): Iterable<string> {
  yield* listHistoryItems(tasks, further);
  for (const { candidates } of tasks) for (const { id } of candidates) yield id;
}

/**
 * Items by their own words, for data without vectors: signed counts of hashed tokens of title and attributes, a vector of
 * length 1. `dimensions` defaults to 32. Knows every item.
 */
export function createHashedItemEmbedding({ dimensions = 32 }: { readonly dimensions?: number } = {}): ItemEmbedding {
  return restoreItemEmbedding({ kind: 'hashed-text', dimensions });
}

/** An item embedding from its saved state. Throws `InvalidArgumentError`, which names the field, where it is not whole. */
export function restoreItemEmbedding(state: ItemEmbeddingState): ItemEmbedding {
  assertObject('state.embedding', state);
  const received: string = state.kind;
  if (state.kind !== 'table' && state.kind !== 'hashed-text') {
    throw new InvalidArgumentError('state.embedding.kind', '"table" or "hashed-text"', received);
  }
  const compute = state.kind === 'table' ? createStandardizedLookup(state) : createHashedLookup(state.dimensions);
  const vectors = new WeakMap<Item, Float32Array>();
  return {
    dimensions: state.kind === 'table' ? state.items.dimensions : state.dimensions,
    get(item) {
      let vector = vectors.get(item);
      if (vector === undefined) {
        vector = compute(item);
        if (vector !== undefined) vectors.set(item, vector);
      }
      return vector;
    },
    state: () => state,
  };
}

type Lookup = (item: Item) => Float32Array | undefined;

function createStandardizedLookup(state: ItemEmbeddingState & { readonly kind: 'table' }): Lookup {
  const table = createEmbeddingTable(state.items, 'state.embedding.items');
  assertStandardization('state.embedding', state, table.dimensions);
  return ({ id }) => {
    const vector = table.get(id);
    if (vector === undefined) return undefined;
    const standardized = new Float32Array(table.dimensions);
    standardizeInto(standardized, vector, state);
    return standardized;
  };
}

function createHashedLookup(dimensions: number): Lookup {
  assertCount('state.embedding.dimensions', dimensions);
  const hasher = createTextHasher(dimensions);
  return (item) => {
    const sums = new Float64Array(dimensions);
    hasher.addItem(item, sums);
    return normalizeSums(sums);
  };
}
