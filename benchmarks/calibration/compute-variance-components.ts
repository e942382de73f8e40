/** Rewards of every user for every prompt in every draw, `values [users, prompts, draws]`. */
export interface RewardTable {
  readonly users: number;
  readonly prompts: number;
  /** At least 2, so that draws can be told from the interaction. */
  readonly draws: number;
  readonly values: Float64Array;
}

/** Standard deviations of the independent parts of a reward. */
export interface VarianceComponents {
  /** Of what a user is worth on average over prompts. */
  readonly user: number;
  /** Of what a prompt is worth on average over users. */
  readonly prompt: number;
  /** Of what a prompt is worth to a user beyond both. */
  readonly interaction: number;
  /** Of repeated draws of one prompt for one user. */
  readonly draw: number;
}

/**
 * Components of reward = mean + user + prompt + user x prompt + draw, from the mean squares of a balanced two-way table with D
 * draws a cell, U users and P prompts:
 *
 *   draw^2 = MS(draws),  interaction^2 = (MS(interaction) - MS(draws)) / D,
 *   user^2 = (MS(users) - MS(interaction)) / (P D),  prompt^2 = (MS(prompts) - MS(interaction)) / (U D)
 *
 * They are unbiased: neither the number of draws nor that of users inflates them, as it would the plain standard deviation of
 * means. An estimate below 0 is reported as 0.
 *
 * Source: Searle, Casella, McCulloch, "Variance Components", 1992, chapter 4 (the analysis of variance method).
 */
export function computeVarianceComponents({ users, prompts, draws, values }: RewardTable): VarianceComponents {
  const cells = new Float64Array(users * prompts);
  const userMeans = new Float64Array(users);
  const promptMeans = new Float64Array(prompts);
  let mean = 0;
  values.forEach((value, index) => {
    const cell = Math.floor(index / draws);
    cells[cell]! += value / draws;
    userMeans[Math.floor(cell / prompts)]! += value / draws / prompts;
    promptMeans[cell % prompts]! += value / draws / users;
    mean += value / values.length;
  });
  let drawSquares = 0;
  values.forEach((value, index) => {
    drawSquares += (value - cells[Math.floor(index / draws)]!) ** 2;
  });
  let interactionSquares = 0;
  cells.forEach((value, cell) => {
    interactionSquares +=
      draws * (value - userMeans[Math.floor(cell / prompts)]! - promptMeans[cell % prompts]! + mean) ** 2;
  });
  const computeSquares = (means: Float64Array): number => means.reduce((sum, own) => sum + (own - mean) ** 2, 0);
  const draw = drawSquares / (users * prompts * (draws - 1));
  const interaction = interactionSquares / ((users - 1) * (prompts - 1));
  const user = (prompts * draws * computeSquares(userMeans)) / (users - 1);
  const prompt = (users * draws * computeSquares(promptMeans)) / (prompts - 1);
  return {
    user: computeRoot((user - interaction) / (prompts * draws)),
    prompt: computeRoot((prompt - interaction) / (users * draws)),
    interaction: computeRoot((interaction - draw) / draws),
    draw: computeRoot(draw),
  };
}

function computeRoot(variance: number): number {
  return Math.sqrt(Math.max(0, variance));
}
