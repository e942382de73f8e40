import { computeAnswerScore, type RankingAnswer } from '@rppkit/env';
import type { JudgedTask } from '@rppkit/spec';
import type { EvaluationResults } from './evaluate-policy.ts';
import type { PromptExample } from './results.ts';

/** An example of each kept report user, in the order of the tasks, out of the answers that the evaluation was given. */
export function collectExamples(
  report: readonly JudgedTask[],
  kept: Int32Array,
  given: EvaluationResults['given'],
): readonly PromptExample[] {
  return Array.from(kept, (index): PromptExample => {
    const judged = report[index]!;
    const { task, relevance } = judged;
    const personal = given.rpp[index]!;
    return {
      user: task.user,
      history: task.history.map(({ item }) => item.title),
      candidates: task.candidates.map(({ id, title }) => ({ title, relevant: (relevance.get(id) ?? 0) > 0 })),
      prompt: { text: personal.prompt.text, spans: personal.prompt.spans },
      ...describeAnswer(judged, personal),
      fixed: describeAnswer(judged, given.fixed[index]!),
    };
  });
}

function describeAnswer(judged: JudgedTask, answer: RankingAnswer): PromptExample['fixed'] {
  if (answer.outcome === 'failed') throw new Error('Expected an answer of every kept user, received a failed call.');
  return {
    answer: answer.raw,
    ranking: Array.from(answer.ranking, (candidate) => judged.task.candidates[candidate]!.title),
    ndcg: computeAnswerScore(judged, answer),
  };
}
