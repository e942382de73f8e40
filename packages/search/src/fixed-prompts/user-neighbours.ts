import { type EmbeddingTable, InvalidArgumentError } from '@rppkit/spec';

/** A user and how close they are. */
export interface UserNeighbour {
  readonly user: string;
  /** Cosine of both vectors, in [-1, 1]. */
  readonly similarity: number;
}

/** Users to search by their vectors. */
export interface UserNeighbours {
  /** Distinct ids that the table knows, in the order given. */
  readonly users: readonly string[];
  /**
   * The `count` users closest to a vector, the closest first, ties in the order of `users`; fewer where fewer are accepted.
   * `accepts` leaves out whom it gives false for, such as the user themself. Throws `InvalidArgumentError` for a vector of
   * another length, with a number that is not finite or of length zero, and for a count that is no positive integer.
   */
  find(
    vector: Float32Array,
    options: { readonly count: number; readonly accepts?: (user: string) => boolean },
  ): readonly UserNeighbour[];
}

/**
 * Exact nearest users by cosine. Users whom the table does not know, or knows with a vector of zeros, which points nowhere,
 * are left out. Throws `InvalidArgumentError` where none is left, and for vectors of another length or not finite.
 */
export function createUserNeighbours(table: EmbeddingTable, users: Iterable<string>): UserNeighbours {
  const { dimensions } = table;
  const known: string[] = [];
  const vectors: Float64Array[] = [];
  for (const user of new Set(users)) {
    const vector = table.get(user);
    const direction = vector && computeDirection(vector, dimensions, `the vector of user ${user}`);
    if (direction === undefined) continue;
    known.push(user);
    vectors.push(direction);
  }
  if (known.length === 0) {
    throw new InvalidArgumentError(
      'users',
      'at least one user with a vector other than zero',
      known,
      'Pass the table of the data set that the users come from.',
    );
  }
  const directions = new Float64Array(known.length * dimensions);
  vectors.forEach((vector, row) => {
    directions.set(vector, row * dimensions);
  });
  const similarities = new Float64Array(known.length);
  return {
    users: known,
    find(vector, { count, accepts = () => true }) {
      if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('count', 'a positive integer', count);
      const direction = computeDirection(vector, dimensions, 'vector');
      if (direction === undefined) throw new InvalidArgumentError('vector', 'a vector other than zero', vector);
      computeProducts(directions, direction, similarities);
      const best: number[] = [];
      for (let row = 0; row < known.length; row++) {
        const similarity = similarities[row]!;
        if (best.length === count && similarity <= similarities[best[count - 1]!]!) continue;
        if (!accepts(known[row]!)) continue;
        let place = best.length;
        while (place > 0 && similarity > similarities[best[place - 1]!]!) place--;
        best.splice(place, 0, row);
        if (best.length > count) best.pop();
      }
      return best.map((row) => ({ user: known[row]!, similarity: clamp(similarities[row]!) }));
    },
  };
}

/** Writes the inner product of each row of `directions` with a direction. */
function computeProducts(directions: Float64Array, direction: Float64Array, products: Float64Array): void {
  const dimensions = direction.length;
  for (let row = 0, at = 0; row < products.length; row++) {
    let sum = 0;
    for (let place = 0; place < dimensions; place++) sum += directions[at++]! * direction[place]!;
    products[row] = sum;
  }
}

/** The vector at length 1; undefined for zeros. */
function computeDirection(vector: Float32Array, dimensions: number, name: string): Float64Array | undefined {
  if (vector.length !== dimensions || !vector.every(Number.isFinite)) {
    throw new InvalidArgumentError(name, `${dimensions} finite floats`, vector);
  }
  const length = Math.hypot(...vector);
  return length === 0 ? undefined : Float64Array.from(vector, (value) => value / length);
}

/** Rounding may leave the range of a cosine. */
function clamp(cosine: number): number {
  return Math.max(-1, Math.min(1, cosine));
}
