import { encodeObservation } from '@rppkit/env';
import { type LatentType, latentTypes } from '@rppkit/simulator';
import type { Encoder, JudgedTask } from '@rppkit/spec';
import type { TypeRecord } from './world-record.ts';

export interface TypeRecoveryOptions {
  readonly encoder: Encoder;
  readonly fit: readonly JudgedTask[];
  readonly report: readonly JudgedTask[];
  readonly typeOf: (judged: JudgedTask) => LatentType;
}

const traits = ['sessionDriven', 'mainstream', 'narrow', 'noisy'] as const;

/**
 * How well the latent type can be read from the observation: quadratic discriminant analysis of the sixteen types (a normal
 * distribution each), fitted on other users.
 */
export function computeTypeRecovery({
  encoder,
  fit,
  report,
  typeOf,
}: TypeRecoveryOptions): Pick<TypeRecord, 'recovered' | 'traits'> {
  const rows = fit.map((judged) => ({ type: typeOf(judged).index, values: observe(encoder, judged) }));
  const classes = latentTypes.map(({ index }) =>
    fitNormal(rows.filter(({ type }) => type === index).map(({ values }) => values)),
  );
  const hits = Object.fromEntries([...traits, 'all'].map((name) => [name, 0]));
  for (const judged of report) {
    const values = observe(encoder, judged);
    const densities = classes.map((normal) => normal(values));
    const guess = densities.indexOf(Math.max(...densities));
    const type = typeOf(judged).index;
    for (const [position, trait] of traits.entries()) {
      if (((guess ^ type) & (8 >> position)) === 0) hits[trait]! += 1;
    }
    if (guess === type) hits['all']! += 1;
  }
  const share = (name: string): number => hits[name]! / report.length;
  return { recovered: share('all'), traits: Object.fromEntries(traits.map((trait) => [trait, share(trait)])) };
}

function observe(encoder: Encoder, { task }: JudgedTask): Float32Array {
  const output = new Float32Array(encoder.size);
  encodeObservation([encoder], { task, round: 0, rounds: 1 }, output);
  return output;
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
