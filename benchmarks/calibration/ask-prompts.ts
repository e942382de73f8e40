import { askRanking, computeAnswerScore } from '@rppkit/env';
import type { JointAction, PatternSpace } from '@rppkit/patterns';
import type { JudgedTask, TextModel } from '@rppkit/spec';
import type { RewardTable } from './compute-variance-components.ts';

export interface PromptsToAsk {
  readonly tasks: readonly JudgedTask[];
  readonly space: PatternSpace;
  readonly choices: readonly JointAction[];
  readonly draws: number;
  /** Which order of the candidates; 0 is the task's own. */
  readonly orderIndex: number;
}

/** NDCG@10 of all answers, and what they ranked. */
export interface AskedPrompts extends RewardTable {
  /** Indices of the task's own candidates, best first, `[users][prompts][draws]` flat as `values`. */
  readonly rankings: readonly Int32Array[];
  /** Answers without a list, or whose list lacks a candidate. */
  readonly incomplete: number;
}

/** Asks every prompt of every task and parses the answers. Throws where a call fails, which a simulated model's never do. */
export async function askPrompts(
  model: TextModel,
  { tasks, space, choices, draws, orderIndex }: PromptsToAsk,
): Promise<AskedPrompts> {
  const values = new Float64Array(tasks.length * choices.length * draws);
  const rankings: Int32Array[] = [];
  let incomplete = 0;
  for (const judged of tasks) {
    for (const choice of choices) {
      for (let sampleIndex = 0; sampleIndex < draws; sampleIndex++) {
        const { task } = judged;
        const answer = await askRanking({ task, choice, orderIndex, sampleIndex }, { model, space });
        if (answer.outcome === 'failed') throw new Error(`Expected an answer, received ${answer.failure}.`);
        if (answer.parsed.kind !== 'complete') incomplete++;
        values[rankings.length] = computeAnswerScore(judged, answer);
        rankings.push(answer.ranking);
      }
    }
  }
  return { users: tasks.length, prompts: choices.length, draws, values, rankings, incomplete };
}
