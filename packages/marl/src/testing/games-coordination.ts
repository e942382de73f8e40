import { InvalidArgumentError } from '@rppkit/spec';
import { createGameEnvironment, type Game, type GameOptions } from './games-environment.ts';

/** How large and how noisy `createCoordinationBandit` is. */
export interface CoordinationBanditOptions extends GameOptions {
  /** At least 1. Default 2. */
  readonly agents?: number;
  /** Of every agent, at least 1. Default 3. */
  readonly actions?: number;
  /** Kinds of rows, at least 1. Default 4. */
  readonly contexts?: number;
  /** Standard deviation of the reward. Default 0. */
  readonly noise?: number;
}

/**
 * A contextual bandit in which agents must agree. Each row is of one of the contexts, drawn evenly and seen as a one-hot
 * observation, and lasts one step. It pays 1 where every agent takes the context's own action (context modulo actions), 0.5
 * where all agree on another one, and 0 where they differ. The optimum is 1. Without a look at the context, an action
 * that is the own one of a share p of the contexts gives (1 + p) / 2. Throws `InvalidArgumentError` for numbers out of
 * range.
 */
export function createCoordinationBandit({
  agents = 2,
  actions = 3,
  contexts = 4,
  noise = 0,
  ...options
}: CoordinationBanditOptions = {}): Game {
  for (const [argument, value] of Object.entries({ agents, actions, contexts })) {
    if (!(Number.isSafeInteger(value) && value > 0))
      throw new InvalidArgumentError(argument, 'a positive integer', value);
  }
  if (!(noise >= 0 && Number.isFinite(noise))) throw new InvalidArgumentError('noise', 'finite and at least 0', noise);
  return createGameEnvironment<number>(
    {
      actionCounts: Object.fromEntries(Array.from({ length: agents }, (_, index) => [`agent-${index}`, actions])),
      rounds: 1,
      observationSize: contexts,
      optimum: 1,
      start: (random) => random.integer(contexts),
      observe: (context) => Array.from({ length: contexts }, (_, other) => (other === context ? 1 : 0)),
      play: (context, chosen, random) => ({
        reward: computeAgreement(chosen, context % actions) + (noise === 0 ? 0 : noise * random.normal()),
        next: context,
      }),
    },
    options,
  );
}

function computeAgreement(chosen: readonly number[], wanted: number): number {
  if (chosen.some((action) => action !== chosen[0])) return 0;
  return chosen[0] === wanted ? 1 : 0.5;
}
