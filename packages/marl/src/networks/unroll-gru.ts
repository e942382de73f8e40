import * as tf from '@tensorflow/tfjs';

/**
 * Runs a GRU (equations 1 to 4 of `gru.ts`) over all steps, `fromInput [steps * batch, 3 hidden]` W x + b step by step, from
 * the state 0 to the last one, `[batch, hidden]`. The gradient goes back through the steps once, with one product for U
 * and all of its rows: recorded operation by operation, it takes three times as many.
 */
export function unrollGru(
  fromInput: tf.Tensor2D,
  U: tf.Tensor2D,
  c: tf.Tensor1D,
  { steps, hidden }: { readonly steps: number; readonly hidden: number },
): tf.Tensor2D {
  const unroll = tf.customGrad((...inputs) => {
    const [x, kernel, bias, save] = inputs as unknown as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D, tf.GradSaveFunc];
    const batch = x.shape[0] / steps;
    const columns: Columns = { h: [], r: [], z: [], n: [], u: [] };
    let h: tf.Tensor2D = tf.zeros([batch, hidden]);
    for (const input of tf.split(x, steps, 0)) {
      const [xGates, xn] = tf.split(input, [2 * hidden, hidden], 1) as [tf.Tensor2D, tf.Tensor2D];
      const fromState = tf.matMul(h, kernel).add<tf.Tensor2D>(bias);
      const [hGates, u] = tf.split(fromState, [2 * hidden, hidden], 1) as [tf.Tensor2D, tf.Tensor2D];
      const [r, z] = tf.split(tf.sigmoid(xGates.add<tf.Tensor2D>(hGates)), 2, 1) as [tf.Tensor2D, tf.Tensor2D]; // Eq. 1, Eq. 2
      const n = tf.tanh(xn.add<tf.Tensor2D>(r.mul(u))); // Eq. 3
      for (const [name, part] of Object.entries({ h, r, z, n, u })) columns[name as keyof Columns].push(part);
      h = n.add(z.mul<tf.Tensor2D>(h.sub(n))); // Eq. 4
    }
    save([kernel, ...Object.values(columns).map((parts: tf.Tensor2D[]) => tf.concat2d(parts, 0))]);
    return {
      value: h,
      gradFunc: (dy, saved) => computeGradients(dy as tf.Tensor2D, saved as tf.Tensor2D[], steps),
    };
  });
  return unroll(fromInput, U, c) as tf.Tensor2D;
}

/** By step: the state before it, its gates and new state, and u = U_n h + c_n. */
type Columns = Record<'h' | 'r' | 'z' | 'n' | 'u', tf.Tensor2D[]>;

/**
 * Of `fromInput`, U and c. With ' for the value before sigmoid or tanh, and d for the derivative of the loss:
 *
 *   dn' = dh (1 - z) (1 - n^2),  dz' = dh (h - n) z (1 - z),  dr' = dn' u r (1 - r),  du = dn' r
 *   dh of the step before = dh z + (dr', dz', du) U'
 */
function computeGradients(dy: tf.Tensor2D, saved: readonly tf.Tensor2D[], steps: number): tf.Tensor[] {
  const [U, h, r, z, n, u] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
  const split = (rows: tf.Tensor2D): tf.Tensor2D[] => tf.split(rows, steps, 0);
  const closed = tf.sub(1, z);
  // What the loss does not enter, of all steps at once.
  const ofN = split(closed.mul(tf.sub(1, n.square())));
  const ofZ = split(h.sub(n).mul(z).mul(closed));
  const ofR = split(u.mul(r).mul(tf.sub(1, r)));
  const [open, kept] = [split(r), split(z)];
  const transposed = tf.transpose(U);
  const fromInput: tf.Tensor2D[] = [];
  const fromState: tf.Tensor2D[] = [];
  let dh = dy;
  for (let step = steps - 1; step >= 0; step--) {
    const dn = dh.mul<tf.Tensor2D>(ofN[step]!);
    const dz = dh.mul<tf.Tensor2D>(ofZ[step]!);
    const dr = dn.mul<tf.Tensor2D>(ofR[step]!);
    const gates = tf.concat2d([dr, dz, dn.mul<tf.Tensor2D>(open[step]!)], 1);
    fromInput.unshift(tf.concat2d([dr, dz, dn], 1));
    fromState.unshift(gates);
    if (step > 0) dh = dh.mul(kept[step]!).add<tf.Tensor2D>(tf.matMul(gates, transposed));
  }
  const dState = tf.concat2d(fromState, 0);
  return [tf.concat2d(fromInput, 0), tf.matMul(tf.transpose(h), dState), dState.sum(0)];
}
