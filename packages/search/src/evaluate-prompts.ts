import { askRankings, computeAnswerScore, type JudgingOptions, type RankingAnswer } from '@rppkit/env';
import { legalizeJointAction, type PatternSpace } from '@rppkit/patterns';
import { InvalidArgumentError, type JudgedTask, type TextModel, type TextModelFailure } from '@rppkit/spec';
import type { PromptTrial } from './answers/answer-source.ts';

/** What every searcher and evaluation needs to ask a model. */
export interface PromptAsking {
  readonly space: PatternSpace;
  readonly model: TextModel;
  /** How NDCG judges an answer; `k` is the cut-off of the reward. */
  readonly reward?: Pick<JudgingOptions, 'k' | 'missing'>;
  /** Requests under way at a time; default 64. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
}

/** Per-trial results, and what they took. */
export interface PromptEvaluation {
  /** NDCG at each asked cut-off, `Float64Array [trials]`; NaN where the call failed. */
  readonly ndcg: ReadonlyMap<number, Float64Array>;
  /** 1 where an answer came (valid or not), `Uint8Array [trials]`. */
  readonly answered: Uint8Array;
  /** Answers without a usable ranking, refusals among them. */
  readonly invalid: number;
  readonly failures: ReadonlyMap<TextModelFailure, number>;
  /** Trials whose answer was not in a store. */
  readonly modelCalls: number;
  /** Prompt and answer tokens of all answers, stored ones included. */
  readonly tokens: number;
}

export interface EvaluatePromptsOptions extends PromptAsking {
  readonly tasks: readonly JudgedTask[];
  readonly trials: readonly PromptTrial[];
  /** NDCG cut-offs; default [10]. */
  readonly cutoffs?: readonly number[];
  /**
   * Called once a trial with its index, in the order in which answers arrive; failed calls are answers too. What it throws rejects
   * the evaluation.
   */
  readonly onAnswer?: (answer: RankingAnswer, trial: number) => void;
}

/**
 * Asks every trial once and judges the answers with the labels of the trial's own task. Throws `InvalidArgumentError` for a
 * trial of no task or with a choice outside the space.
 */
export async function evaluatePrompts({
  tasks,
  trials,
  cutoffs = [10],
  reward = {},
  onAnswer,
  ...asking
}: EvaluatePromptsOptions): Promise<PromptEvaluation> {
  const ndcg = new Map(cutoffs.map((k) => [k, new Float64Array(trials.length).fill(Number.NaN)]));
  const answered = new Uint8Array(trials.length);
  const failures = new Map<TextModelFailure, number>();
  let invalid = 0;
  let modelCalls = 0;
  let tokens = 0;
  const requests = trials.map(({ task, choice, orderIndex = 0, sampleIndex = 0 }) => {
    const judged = tasks[task];
    if (judged === undefined) throw new InvalidArgumentError('trial.task', `an index in [0, ${tasks.length})`, task);
    const legal = legalizeJointAction(asking.space, choice, judged.task);
    return { task: judged.task, choice: legal, orderIndex, sampleIndex };
  });
  await askRankings(requests, {
    ...asking,
    onAnswer(answer, index) {
      onAnswer?.(answer, index);
      if (answer.outcome === 'failed') {
        failures.set(answer.failure, (failures.get(answer.failure) ?? 0) + 1);
        return;
      }
      const judged = tasks[trials[index]!.task]!;
      for (const [k, values] of ndcg) values[index] = computeAnswerScore(judged, answer, { ...reward, k });
      answered[index] = 1;
      if (answer.parsed.kind === 'invalid') invalid++;
      if (!answer.cached) modelCalls++;
      tokens += answer.usage.inputTokens + answer.usage.outputTokens;
    },
  });
  return { ndcg, answered, invalid, failures, modelCalls, tokens };
}
