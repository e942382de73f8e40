import { createRandomStream, type RandomStream, type Rollout } from '@rppkit/spec';
import type { Bandit, BanditSpace } from './bandit.ts';

/** Two agents with 2 and 3 actions, two observation values. */
export const space: BanditSpace = {
  agents: ['role', 'format'],
  observationSize: 2,
  actionCounts: { role: 2, format: 3 },
};

export interface Rows {
  readonly observations: readonly (readonly number[])[];
  readonly actions: readonly (readonly number[])[];
  readonly rewards: readonly number[];
}

/** Random rows; rewards are random too. */
export function sampleRows(count: number, random: RandomStream, counts: readonly number[] = [2, 3]): Rows {
  const observations = Array.from({ length: count }, () => [random.normal(), random.normal()]);
  const actions = Array.from({ length: count }, () => counts.map((size) => random.integer(size)));
  return { observations, actions, rewards: Array.from({ length: count }, () => Math.fround(random.uniform())) };
}

export function createRollout({ observations, actions, rewards }: Rows): Rollout {
  const batchSize = rewards.length;
  const flat = Float32Array.from(observations.flat());
  const step = {
    observations: flat,
    state: new Float32Array(0),
    actions: {
      role: Int32Array.from(actions, (choice) => choice[0]!),
      format: Int32Array.from(actions, (choice) => choice[1]!),
    },
    logProbabilities: { role: new Float32Array(batchSize), format: new Float32Array(batchSize) },
    rewards: Float32Array.from(rewards),
    terminated: new Uint8Array(batchSize).fill(1),
    truncated: new Uint8Array(batchSize),
    active: new Uint8Array(batchSize).fill(1),
    learnable: new Uint8Array(batchSize).fill(1),
  };
  return { batchSize, steps: [step], finalObservations: flat, finalState: step.state };
}

/** How often each joint action comes in so many draws in one context, and what the log-probabilities said of it. */
export function tallyDraws(
  bandit: Bandit,
  observation: readonly number[],
  draws: number,
): ReadonlyMap<string, { readonly share: number; readonly probability: number }> {
  const observations = Float32Array.from(new Array<readonly number[]>(draws).fill(observation).flat());
  const { actions, logProbabilities } = bandit.act(observations, {
    deterministic: false,
    random: createRandomStream('tally'),
  });
  const tally = new Map<string, { share: number; probability: number }>();
  for (let row = 0; row < draws; row++) {
    const key = bandit.agents.map((agent) => actions[agent]![row]).join();
    const probability = Math.exp(bandit.agents.reduce((sum, agent) => sum + logProbabilities[agent]![row]!, 0));
    const entry = tally.get(key) ?? { share: 0, probability };
    entry.share += 1 / draws;
    tally.set(key, entry);
  }
  return tally;
}

export interface DenseModel {
  readonly mean: number;
  readonly weights: readonly number[];
  /** Inverse of the precision. */
  readonly inverse: readonly (readonly number[])[];
  computeFeatures(observation: readonly number[], choice: readonly number[]): readonly number[];
}

/** The ridge model by dense normal equations and Gauss-Jordan elimination, nothing of which the bandits use. */
export function fitDense(
  { observations, actions, rewards }: Rows,
  {
    squares = false,
    pairs = false,
    penalty,
    contextPenalty,
    counts = [2, 3],
    prior = [],
  }: {
    readonly squares?: boolean;
    readonly pairs?: boolean;
    readonly penalty: number;
    readonly contextPenalty: number;
    readonly counts?: readonly number[];
    /** Added to the precision: row, column, value. */
    readonly prior?: readonly (readonly [number, number, number])[];
  },
): DenseModel {
  const computeFeatures = (observation: readonly number[], choice: readonly number[]): readonly number[] => {
    const x = observation.map(Math.fround);
    const context = [1, ...x, ...(squares ? x.map((value) => value * value - 1) : [])];
    const features = counts.flatMap((count, agent) =>
      Array.from({ length: count }, (_, action) =>
        context.map((value) => (choice[agent] === action ? value : 0)),
      ).flat(),
    );
    if (pairs) {
      for (let left = 0; left < counts[0]!; left++) {
        for (let right = 0; right < counts[1]!; right++) {
          features.push(choice[0] === left && choice[1] === right ? 1 : 0);
        }
      }
    }
    return features;
  };
  const rows = observations.map((observation, row) => computeFeatures(observation, actions[row]!));
  const contextSize = squares ? 5 : 3;
  const size = computeFeatures([0, 0], [0, 0]).length;
  const actionFeatures = contextSize * counts.reduce((sum, count) => sum + count, 0);
  const mean = rewards.length === 0 ? 0 : rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length;
  const system = Array.from({ length: size }, (_, row) => {
    const isContext = row < actionFeatures && row % contextSize !== 0;
    return Array.from({ length: 2 * size }, (_, column) => {
      if (column >= size) return column - size === row ? 1 : 0;
      const gram = rows.reduce((sum, features) => sum + features[row]! * features[column]!, 0);
      const own = row === column ? (isContext ? contextPenalty : penalty) : 0;
      return prior.reduce((sum, [at, to, value]) => (at === row && to === column ? sum + value : sum), gram + own);
    });
  });
  for (let pivot = 0; pivot < size; pivot++) {
    const scale = system[pivot]![pivot]!;
    system[pivot] = system[pivot]!.map((value) => value / scale);
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue;
      const factor = system[row]![pivot]!;
      system[row] = system[row]!.map((value, column) => value - factor * system[pivot]![column]!);
    }
  }
  const inverse = system.map((row) => row.slice(size));
  const moment = Array.from({ length: size }, (_, feature) =>
    rows.reduce((sum, features, row) => sum + features[feature]! * (rewards[row]! - mean), 0),
  );
  return {
    mean,
    weights: inverse.map((row) => row.reduce((sum, value, column) => sum + value * moment[column]!, 0)),
    inverse,
    computeFeatures,
  };
}

export function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * right[index]!, 0);
}

/** x' M x. */
export function computeWidth(matrix: readonly (readonly number[])[], x: readonly number[]): number {
  return dot(
    x,
    matrix.map((row) => dot(row, x)),
  );
}

/** All joint actions of 2 and 3 actions, unless others are given, in the order of their numbers. */
export function listChoices([first = 2, second = 3]: readonly number[] = []): readonly (readonly number[])[] {
  return Array.from({ length: first * second }, (_, joint) => [Math.floor(joint / second), joint % second]);
}
