import { addBprGradient, type BprBatch } from './bpr-batch.ts';
import type { InteractionGraph } from './interaction-graph.ts';
import { createPropagation } from './propagation.ts';

/** What the loss of LightGCN depends on beside the graph. */
export interface LightGcnLossOptions {
  /** Steps along the graph (K), at least 1. */
  readonly layers: number;
  readonly dimensions: number;
  /** Weight of the L2 penalty, at least 0. */
  readonly regularization: number;
}

/** The loss of LightGCN as a function of its layer-0 embeddings x. All tables are `Float32Array [nodes, dimensions]`. */
export interface LightGcnLoss {
  /** Writes E = (x + A x + ... + A^K x) / (K + 1) into `output`. */
  combineLayers(x: Float32Array, output: Float32Array): void;
  /**
   * Returns the mean over triplets of -ln sigmoid(e_u . e_p - e_u . e_n) + regularization / 2 (|x_u|^2 + |x_p|^2 + |x_n|^2),
   * with e rows of E, and writes its gradient by x into `gradient`.
   */
  computeGradient(x: Float32Array, batch: BprBatch, gradient: Float32Array): number;
}

/** Holds the memory that the loss over one graph needs. */
export function createLightGcnLoss(
  graph: InteractionGraph,
  { layers, dimensions, regularization }: LightGcnLossOptions,
): LightGcnLoss {
  const size = graph.inverseRoots.length * dimensions;
  const share = 1 / (layers + 1);
  const embeddings = new Float32Array(size);
  const finalGradient = new Float32Array(size);
  const counts = new Int32Array(graph.inverseRoots.length);
  const propagation = createPropagation(graph, dimensions);
  const combineLayers = (x: Float32Array, output: Float32Array): void => {
    propagation.sumLayers(x, layers, output); // Eq. 3
    for (let index = 0; index < size; index++) output[index]! *= share; // Eq. 4
  };
  return {
    combineLayers,
    computeGradient(x, batch, gradient) {
      combineLayers(x, embeddings);
      finalGradient.fill(0);
      const loss = addBprGradient({ batch, dimensions, embeddings, gradient: finalGradient });
      // The final embeddings are a symmetric matrix times x, so the gradient by x is that matrix times the one by them.
      combineLayers(finalGradient, gradient);
      countRows(batch, counts);
      const decay = regularization / batch.users.length;
      let squares = 0;
      for (let node = 0; node < counts.length; node++) {
        const count = counts[node]!;
        if (count === 0) continue;
        for (let at = node * dimensions, end = at + dimensions; at < end; at++) {
          const value = x[at]!;
          gradient[at]! += decay * count * value;
          squares += count * value * value;
        }
      }
      return loss + 0.5 * decay * squares; // Eq. 15
    },
  };
}

/** Writes how often a batch uses each row. */
function countRows({ users, positives, negatives }: BprBatch, counts: Int32Array): void {
  counts.fill(0);
  for (let triplet = 0; triplet < users.length; triplet++) {
    counts[users[triplet]!]!++;
    counts[positives[triplet]!]!++;
    counts[negatives[triplet]!]!++;
  }
}
