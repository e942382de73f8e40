import { InvalidArgumentError } from '@rppkit/spec';
import type { LearnedUsers } from './learned-users.ts';
import type { RecommenderState } from './recommender-state.ts';
import { loadArray } from './saved-array.ts';

/** A state whose frame has been checked; what is asked of it is checked as it is read. */
export interface LoadedState {
  readonly learned: LearnedUsers;
  /** A finite number of the settings. */
  number(name: string): number;
  /** `length` floats. */
  floats(name: string, length: number): Float32Array;
  /** Integers; any number of them where no length is given. */
  integers(name: string, length?: number): Int32Array;
  /** A list of texts of the settings. */
  texts(name: string): readonly string[];
}

/** Reads the parts that all states have. Throws `InvalidArgumentError`, which names the field, for a state that is not whole. */
export function readState(state: RecommenderState): LoadedState {
  assertObject('state', state);
  if (state.format !== 'rppkit-recommender') {
    throw new InvalidArgumentError('state.format', '"rppkit-recommender"', state.format, 'Pass what save() returned.');
  }
  if (state.version !== 1) {
    const advice = 'Load it with the version of @rppkit/recommenders that wrote it, perhaps a newer one.';
    throw new InvalidArgumentError('state.version', '1', state.version, advice);
  }
  const { users, items, settings, arrays } = state;
  assertIds('state.users', users);
  assertIds('state.items', items);
  assertObject('state.settings', settings);
  assertObject('state.arrays', arrays);
  const starts = loadArray('state.starts', state.starts, 'int32');
  const item = loadArray('state.item', state.item, 'int32');
  const rises = starts.every((start, user) => start >= (user === 0 ? 0 : starts[user - 1]!));
  if (starts.length !== users.length + 1 || starts[0] !== 0 || starts.at(-1) !== item.length || !rises) {
    throw new InvalidArgumentError(
      'state.starts',
      `${users.length + 1} rising entries from 0 to ${item.length}`,
      starts,
    );
  }
  if (!item.every((index) => index >= 0 && index < items.length)) {
    throw new InvalidArgumentError('state.item', `indices below ${items.length}`, item);
  }
  const assertLength = (name: string, { length }: { readonly length: number }, wanted: number | undefined): void => {
    if (wanted === undefined || length === wanted) return;
    throw new InvalidArgumentError(`state.arrays.${name}`, `of length ${wanted}`, length);
  };
  return {
    learned: { users: [...users], items: [...items], starts, item },
    number(name) {
      const value = settings[name];
      if (typeof value === 'number' && Number.isFinite(value)) return value;
      throw new InvalidArgumentError(`state.settings.${name}`, 'a finite number', value);
    },
    floats(name, length) {
      const values = loadArray(`state.arrays.${name}`, arrays[name]!, 'float32');
      assertLength(name, values, length);
      return values;
    },
    integers(name, length) {
      const values = loadArray(`state.arrays.${name}`, arrays[name]!, 'int32');
      assertLength(name, values, length);
      return values;
    },
    texts(name) {
      const value = settings[name];
      if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return [...value];
      throw new InvalidArgumentError(`state.settings.${name}`, 'a list of texts', value);
    },
  };
}

function assertObject(field: string, value: unknown): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new InvalidArgumentError(field, 'an object', value, 'Pass what save() returned.');
}

function assertIds(field: string, value: unknown): void {
  if (!Array.isArray(value) || !value.every((id) => typeof id === 'string')) {
    throw new InvalidArgumentError(field, 'a list of texts', value);
  }
  if (new Set(value).size !== value.length) throw new InvalidArgumentError(field, 'distinct', value);
}
