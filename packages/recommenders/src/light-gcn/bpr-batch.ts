/** Triplets of nodes: a user, an item they had and one they had not; three `Int32Array [triplets]`. */
export interface BprBatch {
  readonly users: Int32Array;
  readonly positives: Int32Array;
  readonly negatives: Int32Array;
}

/** What `addBprGradient` reads and writes; tables are `Float32Array [nodes, dimensions]`. */
export interface BprGradientOptions {
  readonly batch: BprBatch;
  readonly dimensions: number;
  /** Embeddings e whose dot products are the scores. */
  readonly embeddings: Float32Array;
  /** The gradient is added to it. */
  readonly gradient: Float32Array;
}

/**
 * Bayesian personalised ranking: returns the mean over triplets of -ln sigmoid(e_u . e_p - e_u . e_n) and adds its gradient
 * by e.
 */
export function addBprGradient({
  batch: { users, positives, negatives },
  dimensions,
  embeddings,
  gradient,
}: BprGradientOptions): number {
  const share = 1 / users.length;
  let loss = 0;
  for (let triplet = 0; triplet < users.length; triplet++) {
    const user = users[triplet]! * dimensions;
    const positive = positives[triplet]! * dimensions;
    const negative = negatives[triplet]! * dimensions;
    let margin = 0;
    for (let column = 0; column < dimensions; column++) {
      margin += embeddings[user + column]! * (embeddings[positive + column]! - embeddings[negative + column]!);
    }
    // -ln sigmoid(m) = ln(1 + exp(-m)), whose slope is -1 / (1 + exp(m)); neither overflows this way.
    loss += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
    const pull = -share / (1 + Math.exp(margin));
    for (let column = 0; column < dimensions; column++) {
      const push = pull * embeddings[user + column]!;
      gradient[user + column]! += pull * (embeddings[positive + column]! - embeddings[negative + column]!);
      gradient[positive + column]! += push;
      gradient[negative + column]! -= push;
    }
  }
  return share * loss;
}
