import { type EmbeddingTable, InvalidArgumentError } from '@rppkit/spec';
import { decodeFloat32Base64, encodeFloat32Base64 } from './float32-base64.ts';
import { assertCount, assertObject } from './state-fields.ts';

/** JSON form of the vectors of some ids. */
export interface EmbeddingTableState {
  readonly dimensions: number;
  /** Distinct. */
  readonly ids: readonly string[];
  /** `Float32Array [ids, dimensions]`, little-endian, in base64. */
  readonly vectors: string;
}

/**
 * The vectors that the table has for these ids, in their order, each id once; ids that it does not know are left out.
 * Throws `InvalidArgumentError` for a vector of another length or with a number that is not finite.
 */
export function computeTableState(table: EmbeddingTable, ids: Iterable<string>): EmbeddingTableState {
  if (typeof table?.get !== 'function') {
    throw new InvalidArgumentError('table', 'an embedding table, { dimensions, get }', table);
  }
  const { dimensions } = table;
  assertCount('table.dimensions', dimensions);
  const known: string[] = [];
  const vectors: Float32Array[] = [];
  for (const id of new Set(ids)) {
    const vector = table.get(id);
    if (vector === undefined) continue;
    if (!isFiniteVector(vector, dimensions)) {
      throw new InvalidArgumentError(`the vector of ${JSON.stringify(id)}`, `${dimensions} finite floats`, vector);
    }
    known.push(id);
    vectors.push(vector);
  }
  const all = new Float32Array(known.length * dimensions);
  vectors.forEach((vector, index) => {
    all.set(vector, index * dimensions);
  });
  return { dimensions, ids: known, vectors: encodeFloat32Base64(all) };
}

/**
 * A table from its saved state. Throws `InvalidArgumentError`, which names the field below `field`, for a state that is
 * not whole.
 */
export function createEmbeddingTable(state: EmbeddingTableState, field = 'state'): EmbeddingTable {
  assertObject(field, state);
  const { dimensions, ids } = state;
  assertCount(`${field}.dimensions`, dimensions);
  if (!Array.isArray(ids) || !ids.every((id) => typeof id === 'string')) {
    throw new InvalidArgumentError(`${field}.ids`, 'a list of texts', ids);
  }
  const places = new Map(ids.map((id, place) => [id, place]));
  if (places.size !== ids.length) throw new InvalidArgumentError(`${field}.ids`, 'distinct', ids);
  const vectors = decodeFloat32Base64(`${field}.vectors`, state.vectors, ids.length * dimensions);
  return {
    dimensions,
    get(id) {
      const place = places.get(id);
      return place === undefined ? undefined : vectors.subarray(place * dimensions, (place + 1) * dimensions);
    },
  };
}

/** True for `dimensions` finite floats. */
export function isFiniteVector(vector: Float32Array, dimensions: number): boolean {
  for (let place = 0; place < vector.length; place++) if (!Number.isFinite(vector[place])) return false;
  return vector.length === dimensions;
}
