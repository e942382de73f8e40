// Games with known optima; every learner of the package is measured on them
export {
  createClimbingGame,
  createDominantGame,
  createMatrixGame,
  createPenaltyGame,
  createTwoStepGame,
  type Payoff,
} from './games.ts';
export { type CoordinationBanditOptions, createCoordinationBandit } from './games-coordination.ts';
export { type Game, type GameInfo, GameNotRunningError, type GameOptions } from './games-environment.ts';
