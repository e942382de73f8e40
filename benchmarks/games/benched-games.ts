import {
  createClimbingGame,
  createDominantGame,
  createPenaltyGame,
  createTwoStepGame,
  type Game,
  type GameOptions,
} from '@rppkit/marl/testing';
import type { ValueSettings } from './benched-learners.ts';

/** A game and how long it is learned. */
export interface BenchedGame {
  readonly create: (options: GameOptions) => Game;
  /** Each of a batch of episodes. */
  readonly updates: number;
  readonly values: ValueSettings;
}

export const batchSize = 32;

/** By name. */
export const benchedGames: Readonly<Record<string, BenchedGame>> = {
  dominant: { create: createDominantGame, updates: 50, values: {} },
  climbing: { create: createClimbingGame, updates: 75, values: {} },
  penalty: { create: createPenaltyGame, updates: 75, values: {} },
  // Full exploration, as in the paper: VDN must value all of the second matrix, not only what it prefers.
  'two-step': { create: createTwoStepGame, updates: 150, values: { epsilon: 1, learningRate: 0.01 } },
};
