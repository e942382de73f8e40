import {
  type Bandit,
  type BanditSpace,
  createBanditSearcher,
  createEpsilonGreedyBandit,
  createHalvingSearch,
  createLinUcbBandit,
  createRacingSearch,
  createRandomSearch,
  createRidgeBandit,
  createSegmentSearch,
  createSquareCbBandit,
  createThompsonBandit,
  type Searcher,
} from '@rppkit/search';
import type { Encoder, RandomStream } from '@rppkit/spec';

type CreateBandit = (space: BanditSpace, options: { readonly random: RandomStream }) => Bandit;

/** Contextual bandits by name, with their defaults. */
export const benchedBandits: Readonly<Record<string, CreateBandit>> = {
  ridge: (space) => createRidgeBandit(space),
  'epsilon-greedy': (space) => createEpsilonGreedyBandit(space),
  'lin-ucb': (space) => createLinUcbBandit(space),
  thompson: (space, { random }) => createThompsonBandit(space, { random }),
  'square-cb': (space) => createSquareCbBandit(space),
};

/** Everything that finds one prompt a ranking within a budget of calls; at equal budgets their rows can be compared. */
export function createBenchedSearchers(encoders: readonly Encoder[]): readonly Searcher[] {
  return [
    createRandomSearch(),
    createRacingSearch(),
    createHalvingSearch(),
    createSegmentSearch({ encoders }),
    ...Object.entries(benchedBandits).map(([name, create]) => createBanditSearcher({ name, create, encoders })),
  ];
}
