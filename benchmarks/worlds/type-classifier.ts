import { encodeObservation } from '@rppkit/env';
import { type LatentType, latentTypes } from '@rppkit/simulator';
import type { Encoder, JudgedTask, RankingTask } from '@rppkit/spec';

/** How probable each latent type is, given the observation of a task, `Float64Array [types]`. */
export type TypeClassifier = (task: RankingTask) => Float64Array;

/**
 * Quadratic discriminant analysis of the sixteen types: a normal distribution each, all equally frequent, fitted on users whose
 * types are known. Throws where nobody has one of the types.
 */
export function fitTypeClassifier(
  encoder: Encoder,
  fit: readonly JudgedTask[],
  typeOf: (judged: JudgedTask) => LatentType,
): TypeClassifier {
  const observe = (task: RankingTask): Float32Array => {
    const output = new Float32Array(encoder.size);
    encodeObservation([encoder], { task, round: 0, rounds: 1 }, output);
    return output;
  };
  const rows = fit.map((judged) => ({ type: typeOf(judged).index, values: observe(judged.task) }));
  const densities = latentTypes.map(({ index }) => {
    const own = rows.filter(({ type }) => type === index);
    if (own.length === 0) throw new Error(`Expected at least one user of type ${index} to fit on. Pass more users.`);
    return fitNormal(own.map(({ values }) => values));
  });
  return (task) => {
    const values = observe(task);
    const logs = Float64Array.from(densities, (density) => density(values));
    const most = Math.max(...logs);
    const weights = logs.map((log) => Math.exp(log - most));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  };
}

/** The log-density (but for a constant) of a normal distribution fitted to rows. */
function fitNormal(rows: readonly Float32Array[]): (values: Float32Array) => number {
  const size = rows[0]!.length;
  const mean = new Float64Array(size);
  for (const row of rows) for (let i = 0; i < size; i++) mean[i]! += row[i]! / rows.length;
  // Lower Cholesky factor of the covariance; a little is added, because some statistics never vary.
  const factor = new Float64Array(size * size);
  for (const row of rows) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) factor[i * size + j]! += ((row[i]! - mean[i]!) * (row[j]! - mean[j]!)) / rows.length;
    }
  }
  let logDeterminant = 0;
  for (let i = 0; i < size; i++) {
    factor[i * size + i]! += 1e-4;
    for (let j = 0; j <= i; j++) {
      let sum = factor[i * size + j]!;
      for (let inner = 0; inner < j; inner++) sum -= factor[i * size + inner]! * factor[j * size + inner]!;
      factor[i * size + j] = i === j ? Math.sqrt(sum) : sum / factor[j * size + j]!;
    }
    logDeterminant += 2 * Math.log(factor[i * size + i]!);
  }
  const solved = new Float64Array(size);
  return (values) => {
    let distance = 0;
    for (let i = 0; i < size; i++) {
      let sum = values[i]! - mean[i]!;
      for (let j = 0; j < i; j++) sum -= factor[i * size + j]! * solved[j]!;
      solved[i] = sum / factor[i * size + i]!;
      distance += solved[i]! ** 2;
    }
    return -(distance + logDeterminant) / 2;
  };
}
