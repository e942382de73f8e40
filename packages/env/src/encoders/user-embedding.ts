import { type EmbeddingTable, type Encoder, InvalidArgumentError, type RankingTask } from '@rppkit/spec';
import { computeTableState, createEmbeddingTable, type EmbeddingTableState } from './embedding-table.ts';
import { computeHistoryMean, listHistoryItems } from './history-mean.ts';
import {
  assertStandardization,
  fitStandardization,
  type Standardization,
  standardize,
  standardizeInto,
} from './standardization.ts';
import { assertName, assertNumbers, assertObject } from './state-fields.ts';
import { assertTrainingTasks } from './training-tasks.ts';

/** What a fitted user embedding is made of. */
export interface UserEmbeddingOptions {
  /** User vectors by user id, from any model. */
  readonly table: EmbeddingTable;
  /** Item vectors of the same model and dimensions: new users are then guessed from their history. Default: not. */
  readonly itemTable?: EmbeddingTable;
  /** Ids of further users to save. Default: only the tasks' own. */
  readonly users?: Iterable<string>;
  /** Ids of further items to save. Default: only the histories' own. */
  readonly items?: Iterable<string>;
  /** Default `user-embedding`. */
  readonly name?: string;
}

/** How a new user is guessed: slope * (history mean, standardised), by dimension. */
export interface NewUserFallback extends Standardization {
  readonly items: EmbeddingTableState;
  /** Of standardised user vectors on standardised history means, least squares over training users, by dimension. */
  readonly slope: readonly number[];
}

/** JSON form of a fitted encoder, with the vectors it needs. */
export interface UserEmbeddingState extends Standardization {
  readonly kind: 'user-embedding';
  readonly name: string;
  readonly users: EmbeddingTableState;
  /** Absent: a new user is written as the mean training user. */
  readonly fallback?: NewUserFallback;
}

/**
 * Fits the encoder on training tasks: their users' vectors are saved and standardised by dimension. With `itemTable`, the
 * vector of a new user is the least-squares guess, dimension by dimension, from the mean of their known items; where items
 * tell nothing about users this is the mean training user. Throws `InvalidArgumentError` where the table knows none of the
 * users, or where the tables differ in dimensions.
 */
export function fitUserEmbedding(
  tasks: readonly RankingTask[],
  { table, itemTable, users = [], items = [], name = 'user-embedding' }: UserEmbeddingOptions,
): Encoder {
  assertTrainingTasks(tasks);
  const training = [...new Map(tasks.map((task) => [task.user, task])).values()];
  const state = computeTableState(table, [...training.map(({ user }) => user), ...users]);
  const saved = createEmbeddingTable(state);
  const known = training.filter(({ user }) => saved.get(user) !== undefined);
  if (known.length === 0) {
    const advice = 'Pass the table of the data set that the tasks come from.';
    throw new InvalidArgumentError('table', 'one that knows a user of the tasks', state.ids, advice);
  }
  const standardization = fitStandardization(
    known.map(({ user }) => saved.get(user)!),
    table.dimensions,
  );
  const savedItems = (all: EmbeddingTable) => computeTableState(all, listHistoryItems(tasks, items));
  return createUserEmbedding({
    kind: 'user-embedding',
    name,
    users: state,
    ...standardization,
    ...(itemTable === undefined ? {} : { fallback: fitFallback(known, saved, standardization, savedItems(itemTable)) }),
  });
}

function fitFallback(
  tasks: readonly RankingTask[],
  users: EmbeddingTable,
  standardization: Standardization,
  items: EmbeddingTableState,
): NewUserFallback {
  const { dimensions } = users;
  if (items.dimensions !== dimensions) {
    throw new InvalidArgumentError('itemTable.dimensions', `${dimensions}, as of the users`, items.dimensions);
  }
  const table = createEmbeddingTable(items);
  const pairs = tasks.flatMap(({ user, history }) => {
    const { vector } = computeHistoryMean(history, table, 1);
    return vector === undefined ? [] : { user: users.get(user)!, history: vector };
  });
  const means = fitStandardization(
    pairs.map(({ history }) => history),
    dimensions,
  );
  const slope = means.mean.map((_, place) => {
    let sum = 0;
    for (const { user, history } of pairs) {
      const across = (history[place]! - means.mean[place]!) / means.deviation[place]!;
      sum += (across * (user[place]! - standardization.mean[place]!)) / standardization.deviation[place]!;
    }
    return sum / Math.max(1, pairs.length);
  });
  return { items, ...means, slope };
}

/**
 * The encoder from its saved state. Writes `dimensions` standardised floats, cut to [-4, 4]; then 1 for a user whose vector
 * is saved, 0 for a new one, whose floats come from the known items of the history, or are 0, the mean training user, where
 * none is known. Throws `InvalidArgumentError`, which names the field, for a state that is not whole.
 */
export function createUserEmbedding(state: UserEmbeddingState): Encoder {
  assertName('state.name', state.name);
  const users = createEmbeddingTable(state.users, 'state.users');
  const { dimensions } = users;
  assertStandardization('state', state, dimensions);
  const guess = state.fallback === undefined ? undefined : createGuess(state.fallback, dimensions);
  // A task is encoded before and after every round.
  const encoded = new WeakMap<RankingTask, Float32Array>();
  return {
    name: state.name,
    size: dimensions + 1,
    encode({ task }, output) {
      let values = encoded.get(task);
      if (values === undefined) {
        values = new Float32Array(dimensions + 1);
        const vector = users.get(task.user);
        if (vector !== undefined) {
          standardizeInto(values, vector, state);
          values[dimensions] = 1;
        } else if (guess !== undefined) values.set(guess(task));
        encoded.set(task, values);
      }
      output.set(values);
    },
    state: () => state,
  };
}

function createGuess(fallback: NewUserFallback, dimensions: number): (task: RankingTask) => ArrayLike<number> {
  assertObject('state.fallback', fallback);
  const table = createEmbeddingTable(fallback.items, 'state.fallback.items');
  if (table.dimensions !== dimensions) {
    throw new InvalidArgumentError('state.fallback.items.dimensions', `${dimensions}`, table.dimensions);
  }
  assertStandardization('state.fallback', fallback, dimensions);
  assertNumbers('state.fallback.slope', fallback.slope, dimensions);
  return ({ history }) => {
    const { vector } = computeHistoryMean(history, table, 1);
    return vector?.map((value, place) => fallback.slope[place]! * standardize(value, place, fallback)) ?? [];
  };
}
