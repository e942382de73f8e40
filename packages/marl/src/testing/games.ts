import { InvalidArgumentError } from '@rppkit/spec';
import { createGameEnvironment, type Game, type GameOptions } from './games-environment.ts';

/** Rewards by joint action, nested as deep as there are agents: `payoff[first][second]` for two. */
export type Payoff = readonly (number | Payoff)[];

/**
 * A one-step game: all agents act once, and the row gets the payoff of the joint action. The observation is the constant
 * 1. Agents are named `agent-0`, `agent-1`, and so on. Throws `InvalidArgumentError` for a payoff that is empty, ragged
 * or not finite.
 */
export function createMatrixGame(payoff: Payoff, options: GameOptions = {}): Game {
  const counts = measurePayoff(payoff);
  return createGameEnvironment(
    {
      actionCounts: nameAgents(counts),
      rounds: 1,
      observationSize: 1,
      optimum: findLargest(payoff),
      start: () => undefined,
      observe: () => [1],
      play: (_, actions) => ({ reward: readPayoff(payoff, actions), next: undefined }),
    },
    options,
  );
}

/**
 * Two agents with three actions each; action 0 of either is the better one whatever the other does, and the best joint
 * action, worth 10, is the pair of them. What the other's choice is worth differs, so the payoff is no sum of two parts.
 */
export function createDominantGame(options: GameOptions = {}): Game {
  return createMatrixGame(
    [
      [10, 4, 3],
      [5, 2, 1],
      [4, 1, 0],
    ],
    options,
  );
}

/**
 * The climbing game: the optimum, 11, stands beside the deepest punishments, so that agents who explore on their own learn
 * to keep away from it. Claus, Boutilier: "The dynamics of reinforcement learning in cooperative multiagent systems",
 * AAAI 1998.
 */
export function createClimbingGame(options: GameOptions = {}): Game {
  return createMatrixGame(
    [
      [11, -30, 0],
      [-30, 7, 6],
      [0, 0, 5],
    ],
    options,
  );
}

/**
 * The penalty game: two optima, worth 10, and a penalty for agents that go for different ones; 2 is safe. Source as for the
 * climbing game. Throws `InvalidArgumentError` for a penalty above 0.
 */
export function createPenaltyGame({
  penalty = -50,
  ...options
}: GameOptions & { /** k of the paper, at most 0. Default -50. */ readonly penalty?: number } = {}): Game {
  if (!(penalty <= 0)) throw new InvalidArgumentError('penalty', 'at most 0', penalty);
  return createMatrixGame(
    [
      [10, 0, penalty],
      [0, 2, 0],
      [penalty, 0, 10],
    ],
    options,
  );
}

/**
 * The two-step game that tells additive from monotonic values. The first agent's first action picks the second step: after
 * 0, every joint action pays 7; after 1, they pay `[[0, 1], [1, 8]]`. The best return is 8; a sum of per-agent values
 * that fits all of the second matrix under uniform play values it at 6.5 and takes 7. Observation and state are one-hot:
 * first step, matrix of 7, other matrix. Rashid et al.: "QMIX: monotonic value function factorisation for deep
 * multi-agent reinforcement learning", ICML 2018, section 5.
 */
export function createTwoStepGame(options: GameOptions = {}): Game {
  const payoffs: readonly Payoff[] = [
    [
      [7, 7],
      [7, 7],
    ],
    [
      [0, 1],
      [1, 8],
    ],
  ];
  return createGameEnvironment<{ readonly place: number; readonly payoff?: Payoff }>(
    {
      actionCounts: nameAgents([2, 2]),
      rounds: 2,
      observationSize: 3,
      optimum: 8,
      start: () => ({ place: 0 }),
      observe: ({ place }) => [0, 1, 2].map((other) => (other === place ? 1 : 0)),
      play: (position, actions) =>
        position.payoff === undefined
          ? { reward: 0, next: { place: 1 + actions[0]!, payoff: payoffs[actions[0]!]! } }
          : { reward: readPayoff(position.payoff, actions), next: position },
    },
    options,
  );
}

/** Number of actions of each agent. */
function measurePayoff(payoff: Payoff): readonly number[] {
  const counts: number[] = [];
  for (let level: Payoff | number = payoff; typeof level !== 'number'; level = level[0]!) {
    if (!Array.isArray(level) || level.length === 0)
      throw new InvalidArgumentError('payoff', 'nested arrays, none of them empty', level);
    counts.push(level.length);
  }
  const assertRegular = (part: Payoff | number | undefined, depth: number): void => {
    if (depth === counts.length) {
      if (!Number.isFinite(part)) throw new InvalidArgumentError('payoff', 'finite numbers, equally deep', part);
      return;
    }
    if (!Array.isArray(part) || part.length !== counts[depth]) {
      throw new InvalidArgumentError('payoff', `arrays of ${counts.join(' x ')} numbers`, part);
    }
    for (const inner of part) assertRegular(inner, depth + 1);
  };
  assertRegular(payoff, 0);
  return counts;
}

function findLargest(part: Payoff | number): number {
  return typeof part === 'number' ? part : Math.max(...part.map(findLargest));
}

function readPayoff(payoff: Payoff, actions: readonly number[]): number {
  return actions.reduce<Payoff | number>((level, action) => (level as Payoff)[action]!, payoff) as number;
}

function nameAgents(counts: readonly number[]): Readonly<Record<string, number>> {
  return Object.fromEntries(counts.map((count, index) => [`agent-${index}`, count]));
}
