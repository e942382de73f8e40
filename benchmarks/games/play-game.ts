import { selectBackend } from '@rppkit/backend';
import { collectRollout, train } from '@rppkit/marl';
import { createRandomStream } from '@rppkit/spec';
import { type BenchedGame, batchSize } from './benched-games.ts';
import { benchedLearners } from './benched-learners.ts';

/** Trains the learner of this name on a game; the return of its most probable actions. */
export async function playGame(
  { create, updates, values }: BenchedGame,
  learnerName: string,
  seed: number,
): Promise<number> {
  await selectBackend(['wasm']);
  const game = create({ batchSize });
  const random = createRandomStream('games').split(seed);
  const learner = benchedLearners[learnerName]!(game, { random: random.split('learner'), values });
  try {
    await train(game, learner, { budget: { updates }, random: random.split('training') });
    const { rollout } = await collectRollout(game, learner, {
      random: random.split('evaluation'),
      seed,
      deterministic: true,
    });
    // The games have no chance in them, so all rows are alike.
    return rollout.steps.reduce((sum, { rewards }) => sum + rewards[0]!, 0);
  } finally {
    learner.dispose();
  }
}
