import { InvalidArgumentError } from '@rppkit/spec';
import type { AnswerSource, PromptTrial } from '../answers/answer-source.ts';
import { NoAnswersError } from './no-answers-error.ts';
import type { SearchOptions } from './searcher.ts';

/** The calls of one search: counted, reported and cancelled in one place. */
export interface SearchCalls {
  readonly source: AnswerSource;
  /** Calls made so far, failed ones included. */
  readonly made: number;
  /** Calls of the budget that are left. */
  readonly left: number;
  /** Asks trials 0 … count-1 and hands over what came of each, in their order. */
  ask(count: number, getTrial: (index: number) => PromptTrial, take: TakeAnswer): Promise<void>;
  /** Throws `NoAnswersError` where no call has been answered so far. */
  assertAnswered(): void;
}

/** Gets the reward of a trial, NaN for a failed call, and its ranking. */
type TakeAnswer = (index: number, reward: number, ranking: Int32Array | undefined) => void;

/** Trials handed to a source at once: many for its concurrency, few for memory and for a signal to be heard. */
const batchSize = 1024;

/** Throws the reason of an aborted signal, and `InvalidArgumentError` for a budget below `fewest`. */
export function createSearchCalls(
  source: AnswerSource,
  fewest: number,
  { calls, signal, onProgress }: Omit<SearchOptions, 'random'>,
): SearchCalls {
  if (!Number.isInteger(calls) || calls < fewest) {
    throw new InvalidArgumentError('calls', `an integer of at least ${fewest}`, calls);
  }
  signal?.throwIfAborted();
  let made = 0;
  let answered = 0;
  return {
    source,
    get made() {
      return made;
    },
    get left() {
      return calls - made;
    },
    async ask(count, getTrial, take) {
      for (let first = 0; first < count; first += batchSize) {
        const trials = Array.from({ length: Math.min(batchSize, count - first) }, (_, index) =>
          getTrial(first + index),
        );
        const { rewards, rankings } = await source
          .ask(trials, signal === undefined ? {} : { signal })
          // A source that had its answers at hand may not have looked at the signal, or may fail in words of its own.
          .finally(() => signal?.throwIfAborted());
        made += trials.length;
        for (let index = 0; index < trials.length; index++) {
          const reward = rewards[index]!;
          if (!Number.isNaN(reward)) answered++;
          take(first + index, reward, rankings[index]);
        }
        onProgress?.({ calls: made });
        signal?.throwIfAborted();
      }
    },
    assertAnswered() {
      if (answered === 0) throw new NoAnswersError(made);
    },
  };
}
