import { askRankings, assertJudgedTasks, computeRankingsScore, type JudgingOptions } from '@rppkit/env';
import { legalizeJointAction } from '@rppkit/patterns';
import { InvalidArgumentError, type JudgedTask } from '@rppkit/spec';
import type { PromptAsking } from '../evaluate-prompts.ts';
import type { AnswerSource } from './answer-source.ts';

export interface ModelSourceOptions extends Omit<PromptAsking, 'reward' | 'signal'> {
  /** With labels, at least one task. */
  readonly tasks: readonly JudgedTask[];
  readonly reward?: JudgingOptions;
  /** Candidate orders that the draws of a task walk through; default 4. */
  readonly candidateOrders?: number;
}

/**
 * Answers of a model, judged with the labels of each trial's own task. Throws `InvalidArgumentError` for no tasks, two of one
 * id, and tasks or options that answers cannot be judged by, and `NoRelevantItemError` for a task without a relevant
 * candidate, so that no answer is paid for in vain.
 */
export function createModelSource({
  tasks,
  space,
  model,
  reward = {},
  concurrency = 64,
  candidateOrders = 4,
  onAnswer: tell,
}: ModelSourceOptions): AnswerSource {
  assertJudgedTasks(tasks, reward);
  if (!Number.isInteger(candidateOrders) || candidateOrders < 1) {
    throw new InvalidArgumentError('candidateOrders', 'a positive integer', candidateOrders);
  }
  const getTask = (index: number): JudgedTask => {
    const judged = tasks[index];
    if (judged === undefined) throw new InvalidArgumentError('trial.task', `an index in [0, ${tasks.length})`, index);
    return judged;
  };
  const judge: AnswerSource['judge'] = (task, rankings) => computeRankingsScore(getTask(task), rankings, reward);
  return {
    tasks,
    space,
    candidateOrders,
    judge,
    async ask(trials, { signal } = {}) {
      const rewards = new Float64Array(trials.length).fill(Number.NaN);
      const rankings = new Array<Int32Array | undefined>(trials.length).fill(undefined);
      const tokens = new Float64Array(trials.length);
      const requests = trials.map(({ task, choice, orderIndex = 0, sampleIndex = 0 }) => {
        const plain = getTask(task).task;
        return { task: plain, choice: legalizeJointAction(space, choice, plain), orderIndex, sampleIndex };
      });
      try {
        await askRankings(requests, {
          space,
          model,
          concurrency,
          ...(signal !== undefined && { signal }),
          onAnswer(answer, index) {
            tell?.(answer);
            if (answer.outcome === 'failed') return;
            rankings[index] = answer.ranking;
            rewards[index] = judge(trials[index]!.task, [answer.ranking]);
            tokens[index] = answer.usage.inputTokens + answer.usage.outputTokens;
          },
        });
      } catch (error) {
        // A model that is aborted fails in words of its own.
        signal?.throwIfAborted();
        throw error;
      }
      return { rewards, rankings, tokens };
    },
  };
}
