import { createRandomStream } from '@rppkit/spec';
import { describeLearner } from '@rppkit/spec/testing';
import type { Bandit, BanditSpace } from './bandit.ts';
import { createEpsilonGreedyBandit } from './epsilon-greedy.ts';
import { createLinUcbBandit } from './lin-ucb.ts';
import { createRidgeBandit } from './ridge-bandit.ts';
import { createSquareCbBandit } from './square-cb.ts';
import { createThompsonBandit } from './thompson.ts';

const space: BanditSpace = { agents: ['role', 'history'], observationSize: 3, actionCounts: { role: 2, history: 5 } };
const creators: readonly ((features: { readonly squares: boolean; readonly pairs: boolean }) => Bandit)[] = [
  (features) => createEpsilonGreedyBandit(space, features),
  (features) => createLinUcbBandit(space, features),
  (features) => createThompsonBandit(space, { ...features, random: createRandomStream(1) }),
  (features) => createSquareCbBandit(space, features),
  (features) => createRidgeBandit(space, { ...features, exploration: 3 }),
];

for (const create of creators) {
  for (const [what, features] of [
    ['additive', { squares: false, pairs: false }],
    ['with squares and pairs', { squares: true, pairs: true }],
  ] as const) {
    describeLearner({
      name: `${create(features).name}, ${what}`,
      stateSize: 2,
      steps: 1,
      create: async () => ({ learner: create(features) }),
    });
  }
}
