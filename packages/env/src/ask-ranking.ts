import { type ComposedPrompt, composePrompt, type JointAction, type PatternSpace } from '@rppkit/patterns';
import {
  type CallPurpose,
  InvalidArgumentError,
  type ParsedRanking,
  presentTask,
  type RankingTask,
  type TextModel,
  TextModelError,
  type TextModelFailure,
  type TextUsage,
} from '@rppkit/spec';
import { parseRanking } from './parser/parse-ranking.ts';
import { assertNotAborted } from './text-models/assert-not-aborted.ts';
import { assertTextModel } from './text-models/assert-text-model.ts';

/** One prompt to ask: a joint action for a task, in one candidate order, as one of possibly several draws. */
export interface RankingRequest {
  readonly task: RankingTask;
  readonly choice: JointAction;
  /** A non-negative integer; 0: the task's own candidate order. */
  readonly orderIndex: number;
  /** A non-negative integer; tells repeated draws of one prompt apart. */
  readonly sampleIndex: number;
  /** The window of the round before, for history patterns with increments. Default: the pattern's initial window. */
  readonly previousWindow?: number;
}

/** What asking came to. The three outcomes never share a number. */
export type RankingAnswer = {
  readonly prompt: ComposedPrompt;
  /** Shown position → index in the task's own candidates. */
  readonly candidateOrder: Int32Array;
} & (
  | {
      /** `answered`: there is text, valid or not. `refused`: the prompt itself was refused; an invalid answer. */
      readonly outcome: 'answered' | 'refused';
      /** The model's text; empty for `refused`. */
      readonly raw: string;
      /** Candidate indices in it refer to shown positions. */
      readonly parsed: ParsedRanking;
      /** Indices of the task's own candidates, best first; what is missing was not ranked. */
      readonly ranking: Int32Array;
      readonly usage: TextUsage;
      readonly cached: boolean;
    }
  /** No answer and no reward: network, server, rate limit given up, budget. */
  | {
      readonly outcome: 'failed';
      readonly failure: TextModelFailure;
      /** True where the provider may have answered and billed all the same. */
      readonly possiblyPaid: boolean;
    }
);

export interface AskOptions {
  readonly model: TextModel;
  readonly space: PatternSpace;
  /** Default 'rank'. */
  readonly purpose?: CallPurpose;
  readonly signal?: AbortSignal;
}

/**
 * Composes, asks and parses one request. Failed calls are a value; only what must stop a run is thrown: an abort, a
 * rejected key, which no later call would survive, and errors that are no `TextModelError`, which are mistakes in code,
 * such as a choice outside the space or something that is no text model.
 */
export async function askRanking(
  { task: own, choice, orderIndex, sampleIndex, previousWindow }: RankingRequest,
  { model, space, purpose = 'rank', signal }: AskOptions,
): Promise<RankingAnswer> {
  if (!Number.isInteger(sampleIndex) || sampleIndex < 0) {
    throw new InvalidArgumentError('sampleIndex', 'a non-negative integer', sampleIndex);
  }
  assertTextModel(model);
  const { task, order } = presentTask(own, orderIndex);
  const prompt = composePrompt(space, choice, task, previousWindow === undefined ? {} : { previousWindow });
  const { messages, responseSchema, answer, firstIndex } = prompt;
  const shared = { prompt, candidateOrder: order.slice() };
  try {
    const { text, finishReason, usage, cached } = await model.generate({
      messages,
      sampleIndex,
      purpose,
      ...(responseSchema === undefined ? {} : { responseSchema }),
      ...(signal === undefined ? {} : { signal }),
    });
    const parsed = parseRanking(text, { candidates: task.candidates, answer, firstIndex, finishReason });
    const ranking = parsed.kind === 'invalid' ? new Int32Array(0) : parsed.order.map((shown) => order[shown]!);
    return { ...shared, outcome: 'answered', raw: text, parsed, ranking, usage, cached };
  } catch (error) {
    if (!TextModelError.isInstance(error) || error.failure === 'aborted' || error.failure === 'authentication')
      throw error;
    const { failure, possiblyPaid } = error;
    if (!error.refusedPrompt) return { ...shared, outcome: 'failed', failure, possiblyPaid };
    const reason = failure === 'context-length' ? 'context-length' : 'content-filter';
    return {
      ...shared,
      outcome: 'refused',
      raw: '',
      parsed: { kind: 'invalid', reason, raw: '' },
      ranking: new Int32Array(0),
      usage: { inputTokens: 0, outputTokens: 0, estimated: false },
      cached: false,
    };
  }
}

export interface AskAllOptions extends AskOptions {
  /** Requests under way at a time, at least 1; default 64. */
  readonly concurrency?: number;
  /** Called once a request, in the order in which answers arrive. */
  readonly onAnswer: (answer: RankingAnswer, index: number) => void;
}

/**
 * Asks many requests and resolves when all have been handed to `onAnswer`; answers are not kept. Rejects with the first
 * error that `askRanking` or `onAnswer` throws; no further request is sent after it.
 */
export async function askRankings(
  requests: readonly RankingRequest[],
  { concurrency = 64, onAnswer, ...options }: AskAllOptions,
): Promise<void> {
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new InvalidArgumentError('concurrency', 'a positive integer', concurrency);
  }
  let next = 0;
  const work = async (): Promise<void> => {
    try {
      while (next < requests.length) {
        assertNotAborted(options.signal);
        const index = next++;
        onAnswer(await askRanking(requests[index]!, options), index);
      }
    } catch (error) {
      // The other workers must not go on paying for answers that nobody reads.
      next = requests.length;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, requests.length) }, work));
}
