import { type EmbeddingTable, type Encoder, InvalidArgumentError, type RankingTask } from '@rppkit/spec';
import { computeTableState, createEmbeddingTable, type EmbeddingTableState } from './embedding-table.ts';
import { computeHistoryMean, listHistoryItems } from './history-mean.ts';
import { assertStandardization, fitStandardization, type Standardization, standardizeInto } from './standardization.ts';
import { assertName } from './state-fields.ts';
import { assertTrainingTasks } from './training-tasks.ts';

/** What a fitted history embedding is made of. */
export interface HistoryEmbeddingOptions {
  /** Item vectors by item id, from any model. */
  readonly table: EmbeddingTable;
  /** Weight of an entry relative to the one after it, in (0, 1]. Default 1, the plain mean. */
  readonly decay?: number;
  /** Ids of further items to save, such as those that only later users know. Default: only the histories' own. */
  readonly items?: Iterable<string>;
  /** Default `history-mean`, or `history-decayed` where `decay` is below 1. */
  readonly name?: string;
}

/** JSON form of a fitted encoder, with the vectors it needs. */
export interface HistoryEmbeddingState extends Standardization {
  readonly kind: 'history-embedding';
  readonly name: string;
  readonly decay: number;
  readonly items: EmbeddingTableState;
}

/**
 * Fits the encoder on training tasks: the vectors of their histories' items are saved, and the mean vector of a history is
 * standardised by dimension over the histories that have a known item. Throws `InvalidArgumentError` where none has.
 */
export function fitHistoryEmbedding(
  tasks: readonly RankingTask[],
  { table, decay = 1, items = [], name = decay < 1 ? 'history-decayed' : 'history-mean' }: HistoryEmbeddingOptions,
): Encoder {
  assertTrainingTasks(tasks);
  const state = computeTableState(table, listHistoryItems(tasks, items));
  const saved = createEmbeddingTable(state);
  assertDecay('decay', decay);
  const means = tasks.flatMap(({ history }) => computeHistoryMean(history, saved, decay).vector ?? []);
  if (means.length === 0) {
    const advice = 'Pass the table of the data set that the tasks come from.';
    throw new InvalidArgumentError('table', 'one that knows an item of the histories', state.ids, advice);
  }
  const standardization = fitStandardization(means, table.dimensions);
  return createHistoryEmbedding({ kind: 'history-embedding', name, decay, items: state, ...standardization });
}

/**
 * The encoder from its saved state. Writes `dimensions` standardised floats, cut to [-4, 4], 0 where no item is known;
 * then the share of the history that is known, in [0, 1]. Throws `InvalidArgumentError`, which names the field, for a state
 * that is not whole.
 */
export function createHistoryEmbedding(state: HistoryEmbeddingState): Encoder {
  const { name, decay } = state;
  assertName('state.name', name);
  assertDecay('state.decay', decay);
  const table = createEmbeddingTable(state.items, 'state.items');
  const { dimensions } = table;
  assertStandardization('state', state, dimensions);
  // A task is encoded before and after every round.
  const encoded = new WeakMap<RankingTask, Float32Array>();
  return {
    name,
    size: dimensions + 1,
    encode({ task }, output) {
      let values = encoded.get(task);
      if (values === undefined) {
        const { vector, known } = computeHistoryMean(task.history, table, decay);
        values = new Float32Array(dimensions + 1);
        if (vector !== undefined) standardizeInto(values, vector, state);
        values[dimensions] = known;
        encoded.set(task, values);
      }
      output.set(values);
    },
    state: () => state,
  };
}

function assertDecay(field: string, decay: number): void {
  if (!(decay > 0 && decay <= 1)) throw new InvalidArgumentError(field, 'a number in (0, 1]', decay);
}
