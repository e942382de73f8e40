import { askRanking, computeAnswerScore } from '@rppkit/env';
import { type JointAction, legalizeJointAction, type PatternSpace } from '@rppkit/patterns';
import type { ExperimentContext } from './experiment-context.ts';
import type { PromptExample } from './results.ts';

const exampleCount = 8;

export interface CollectExamplesOptions {
  /** That of the policy. */
  readonly space: PatternSpace;
  /** The policy's joint action of each report task. */
  readonly choices: readonly JointAction[];
  /** In the space of the experiment. */
  readonly fixed: JointAction;
  /** Report tasks that every system answered. */
  readonly kept: Int32Array;
}

/** The first of the kept report users with the answers to their personal and the fixed prompt, which the evaluation asked before. */
export async function collectExamples(
  { tasks, space: wholeSpace, calls, signal }: ExperimentContext,
  { space, choices, fixed, kept }: CollectExamplesOptions,
): Promise<readonly PromptExample[]> {
  const examples: PromptExample[] = [];
  for (const index of kept.subarray(0, exampleCount)) {
    const judged = tasks.report[index]!;
    const { task, relevance } = judged;
    const ask = (choice: JointAction, of: PatternSpace) =>
      askRanking({ task, choice, orderIndex: 0, sampleIndex: 0 }, { model: calls.model, space: of, signal });
    const personal = await ask(choices[index]!, space);
    const common = await ask(legalizeJointAction(wholeSpace, fixed, task), wholeSpace);
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
