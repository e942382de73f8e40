import { createRecommendationEnvironment, fitHistoryStatistics, type RankingStepInfo } from '@rppkit/env';
import { createPatternSpace, defaultPatterns, movies } from '@rppkit/patterns';
import { createRandomStream, type TextModel, type VectorEnvironment, type VectorStep } from '@rppkit/spec';
import { sampleRankingTasks } from './sample-ranking-tasks.ts';

/** The environment with the default patterns and history statistics over as many made-up tasks as the batch has rows. */
export function createEnvironment(model: TextModel, batchSize: number): VectorEnvironment<RankingStepInfo> {
  const tasks = sampleRankingTasks(createRandomStream('tasks'), batchSize);
  return createRecommendationEnvironment({
    tasks,
    space: createPatternSpace({ domain: movies, patterns: defaultPatterns }),
    model,
    encoders: [fitHistoryStatistics(tasks.map(({ task }) => task))],
    batchSize,
  });
}

/** A failed or unreadable answer would make the step cheaper than it is. */
export function assertAllAnswered(step: VectorStep): void {
  const answered = step.rewards.every((reward, row) => step.learnable[row] === 1 && reward > 0);
  if (!answered) throw new Error('Expected every row to be answered with a complete ranking.');
}
