import {
  createRandomStream,
  InvalidArgumentError,
  type JointActions,
  type RandomStream,
  RppError,
  type VectorEnvironment,
  type VectorStep,
} from '@rppkit/spec';

/** A game whose best possible return is known. */
export interface Game extends VectorEnvironment<GameInfo> {
  /** The greatest expected return of an episode, over all joint policies of the observation. */
  readonly optimum: number;
}

/** What one row did in one step. */
export interface GameInfo {
  /** In the order of the agents. */
  readonly actions: readonly number[];
}

/** How many episodes a game plays side by side. */
export interface GameOptions {
  /** Positive integer. Default 32. */
  readonly batchSize?: number;
}

/** The rules of a game in which all rows take the same number of steps and every agent sees the whole position. */
export interface GameRules<Position> {
  /** Actions of each agent, by name. */
  readonly actionCounts: Readonly<Record<string, number>>;
  /** Steps of an episode. */
  readonly rounds: number;
  readonly observationSize: number;
  readonly optimum: number;
  /** The first position of a row; rows draw from `random` in their order. */
  start(random: RandomStream): Position;
  /** Observation and state, `observationSize` numbers. */
  observe(position: Position): readonly number[];
  /** `actions` in the order of the agents; rows draw from `random` in their order. */
  play(position: Position, actions: readonly number[], random: RandomStream): { reward: number; next: Position };
}

/** A step of a game whose rows have all ended, or one before the first reset. */
export class GameNotRunningError extends RppError {
  constructor() {
    super('GAME_NOT_RUNNING', 'Expected rows that can act, received a step before reset or after the end. Call reset.');
  }
}

/**
 * The environment of these rules. Its steps throw `InvalidArgumentError` for actions that are missing, mis-shaped or out
 * of range, and `GameNotRunningError` where no row can act; it goes on after either.
 */
export function createGameEnvironment<Position>(rules: GameRules<Position>, { batchSize = 32 }: GameOptions): Game {
  if (!(Number.isSafeInteger(batchSize) && batchSize > 0))
    throw new InvalidArgumentError('batchSize', 'a positive integer', batchSize);
  const { actionCounts, rounds, observationSize, optimum } = rules;
  const agents = Object.keys(actionCounts);
  let positions: readonly Position[] = [];
  let random = createRandomStream('before reset');
  let round = rounds;

  const describe = (rewards: Float32Array, infos: readonly (GameInfo | undefined)[]): VectorStep<GameInfo> => {
    const observations = Float32Array.from(positions.flatMap((position) => rules.observe(position)));
    return {
      observations,
      state: observations.slice(),
      rewards,
      terminated: new Uint8Array(batchSize).fill(round === rounds ? 1 : 0),
      truncated: new Uint8Array(batchSize),
      active: new Uint8Array(batchSize).fill(1),
      learnable: new Uint8Array(batchSize).fill(round === 0 ? 0 : 1),
      infos,
    };
  };

  return {
    batchSize,
    agents,
    observationSize,
    observationLayout: [{ name: 'position', offset: 0, shape: [observationSize] }],
    stateSize: observationSize,
    actionCounts,
    optimum,
    async reset({ seed, signal }) {
      signal?.throwIfAborted();
      random = createRandomStream(seed);
      const start = random.split('start');
      positions = Array.from({ length: batchSize }, () => rules.start(start));
      round = 0;
      return describe(new Float32Array(batchSize), new Array<undefined>(batchSize).fill(undefined));
    },
    async step(actions, { signal } = {}) {
      signal?.throwIfAborted();
      if (round === rounds) throw new GameNotRunningError();
      assertActions(actions, actionCounts, batchSize);
      const stream = random.split('round').split(round);
      const infos = positions.map((_, row) => ({ actions: agents.map((agent) => actions[agent]![row]!) }));
      const played = positions.map((position, row) => rules.play(position, infos[row]!.actions, stream));
      positions = played.map(({ next }) => next);
      round += 1;
      return describe(
        Float32Array.from(played, ({ reward }) => reward),
        infos,
      );
    },
  };
}

function assertActions(actions: JointActions, actionCounts: Readonly<Record<string, number>>, batchSize: number): void {
  for (const [agent, count] of Object.entries(actionCounts)) {
    const chosen = actions[agent];
    if (chosen?.length !== batchSize)
      throw new InvalidArgumentError(`actions.${agent}`, `an Int32Array of length ${batchSize}`, chosen);
    const foreign = chosen.find((action) => !(action >= 0 && action < count));
    if (foreign !== undefined) throw new InvalidArgumentError(`actions.${agent}`, `actions below ${count}`, foreign);
  }
}
