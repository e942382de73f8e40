import { askRanking, computeAnswerScore } from '@rppkit/env';
import { type JointAction, legalizeJointAction } from '@rppkit/patterns';
import type { ExperimentContext } from './experiment-context.ts';
import type { PromptExample } from './results.ts';

const exampleCount = 8;

/** The first of the kept report users with the answers to their personal and the fixed prompt, which the evaluation asked before. */
export async function collectExamples(
  { tasks, space, calls, signal }: ExperimentContext,
  choices: readonly JointAction[],
  fixed: JointAction,
  kept: Int32Array,
): Promise<readonly PromptExample[]> {
  const examples: PromptExample[] = [];
  for (const index of kept.subarray(0, exampleCount)) {
    const judged = tasks.report[index]!;
    const { task, relevance } = judged;
    const ask = (choice: JointAction) =>
      askRanking({ task, choice, orderIndex: 0, sampleIndex: 0 }, { model: calls.model, space, signal });
    const personal = await ask(choices[index]!);
    const common = await ask(legalizeJointAction(space, fixed, task));
    if (personal.outcome === 'failed' || common.outcome === 'failed') continue;
    const describe = (answer: typeof personal) => ({
      answer: answer.raw,
      ranking: Array.from(answer.ranking, (candidate) => task.candidates[candidate]!.title),
      ndcg: computeAnswerScore(judged, answer),
    });
    examples.push({
      user: task.user,
      history: task.history.map(({ item }) => item.title),
      candidates: task.candidates.map(({ id, title }) => ({ title, relevant: (relevance.get(id) ?? 0) > 0 })),
      prompt: { text: personal.prompt.text, spans: personal.prompt.spans },
      ...describe(personal),
      fixed: describe(common),
    });
  }
  return examples;
}
