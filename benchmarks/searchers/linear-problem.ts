import type { Bandit, BanditSpace } from '@rppkit/search';
import { createRandomStream, type RandomStream } from '@rppkit/spec';

export interface LinearProblemOptions {
  readonly create: (space: BanditSpace, options: { readonly random: RandomStream }) => Bandit;
  readonly seed: number | string;
  /** Rows after which the regret is noted, rising; default 1,000 to 16,000, each twice the one before. */
  readonly checkpoints?: readonly number[];
  /** Rows chosen for together; default 20. */
  readonly batchSize?: number;
}

export interface LinearProblemResult {
  readonly checkpoints: readonly number[];
  /** Expected reward lost against the best joint action of each context, summed up to every checkpoint. */
  readonly regrets: readonly number[];
  /** Least squares of ln regret on ln rows: 1 is linear, .5 a square root. */
  readonly slope: number;
  /** Mean expected reward that the deterministic policy still loses at the end, on 2,000 new contexts. */
  readonly finalLoss: number;
}

const space: BanditSpace = {
  agents: ['first', 'second', 'third'],
  observationSize: 3,
  actionCounts: { first: 3, second: 4, third: 3 },
};
const counts = [3, 4, 3];
const noise = 0.25;
const testContexts = 2000;

/**
 * Runs a bandit on a problem whose expected reward is linear in the observation for every action: 36 joint actions, three
 * standard normal observation values, weights of standard deviation .1, normal noise of standard deviation .25.
 */
export async function runLinearProblem({
  create,
  seed,
  checkpoints = [1000, 2000, 4000, 8000, 16_000],
  batchSize = 20,
}: LinearProblemOptions): Promise<LinearProblemResult> {
  const random = createRandomStream('linear problem').split(seed);
  const draws = random.split('weights');
  const weights = counts.map((count) =>
    Array.from({ length: count }, () => Array.from({ length: 1 + space.observationSize }, () => 0.1 * draws.normal())),
  );
  /** What each action of an agent is worth in a context. */
  const computeValues = (observation: Float32Array): readonly (readonly number[])[] =>
    weights.map((own) =>
      own.map(([constant, ...slopes]) =>
        slopes.reduce((sum, slope, index) => sum + slope * observation[index]!, constant!),
      ),
    );
  const bandit = create(space, { random: random.split('bandit') });
  const contexts = random.split('contexts');
  const actions = random.split('actions');
  const noises = random.split('noise');
  /** Lets the bandit act; hands over what each row is worth and what it loses against the best joint action. */
  const play = (rows: number, deterministic: boolean) => {
    const observations = Float32Array.from({ length: rows * space.observationSize }, () => contexts.normal());
    const acted = bandit.act(observations, { deterministic, random: actions });
    const worth = new Float64Array(rows);
    let loss = 0;
    for (let row = 0; row < rows; row++) {
      const values = computeValues(
        observations.subarray(row * space.observationSize, (row + 1) * space.observationSize),
      );
      values.forEach((own, agent) => {
        const value = own[acted.actions[space.agents[agent]!]![row]!]!;
        worth[row]! += value;
        loss += Math.max(...own) - value;
      });
    }
    return { observations, acted, worth, loss };
  };
  const regrets: number[] = [];
  let regret = 0;
  for (let rows = 0; regrets.length < checkpoints.length; ) {
    const count = Math.min(batchSize, checkpoints[regrets.length]! - rows);
    const { observations, acted, worth, loss } = play(count, false);
    regret += loss;
    rows += count;
    const ones = new Uint8Array(count).fill(1);
    const state = new Float32Array(0);
    await bandit.update({
      batchSize: count,
      steps: [
        {
          observations,
          state,
          ...acted,
          rewards: Float32Array.from(worth, (value) => value + noise * noises.normal()),
          terminated: ones,
          truncated: new Uint8Array(count),
          active: ones,
          learnable: ones,
        },
      ],
      finalObservations: observations,
      finalState: state,
    });
    if (rows === checkpoints[regrets.length]) regrets.push(regret);
  }
  return {
    checkpoints,
    regrets,
    slope: computeLogSlope(checkpoints, regrets),
    finalLoss: play(testContexts, true).loss / testContexts,
  };
}

function computeLogSlope(rows: readonly number[], regrets: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = rows.map(Math.log);
  const y = regrets.map(Math.log);
  const [meanX, meanY] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, value, index) => sum + (value - meanX) * (y[index]! - meanY), 0);
  return covariance / x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
}
