import { InvalidArgumentError, type RandomStream, type RankingTask } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import { DatasetError } from '../dataset-error.ts';
import type { InteractionLog } from '../interaction-log.ts';

/** What a source needs to know to draw candidates for one task. */
export interface CandidateRequest {
  readonly dataset: Dataset;
  /** Index into `log.users`. */
  readonly user: number;
  /** Id, user and history of the task, for scorers; its candidates are empty. */
  readonly task: RankingTask;
  /** Item indices that must not be drawn, ascending and without duplicates. */
  readonly excluded: Int32Array;
  /** How many to draw, a non-negative integer. */
  readonly count: number;
  /** Of this request alone; may be advanced. */
  readonly random: RandomStream;
}

/** Where the candidates beside the relevant items come from. */
export interface CandidateSource {
  readonly name: string;
  /**
   * Indices into `log.items`, `Int32Array [count]`: different ones, none of them excluded. The same request with an equal
   * random stream gives the same items. Throws `DatasetError` where there are fewer than `count`.
   */
  sample(request: CandidateRequest): Int32Array;
}

/** The error for a request that asks for more than the `available` items. */
export function createShortageError(source: string, request: CandidateRequest, available: number): DatasetError {
  const { dataset, task, count } = request;
  const expected = `at least ${count} candidates for user ${task.user} from source "${source}"`;
  const advice = 'Ask for fewer candidates or add another source.';
  return new DatasetError(dataset.name, expected, `${available}`, { advice });
}

/** Throws `InvalidArgumentError` where a source was made for other items than those of the request. */
export function assertItemsOf(expected: InteractionLog, received: InteractionLog): void {
  if (expected.items === received.items) return;
  const advice = 'Make the source from the log of the data set, or of a filter that keeps its items.';
  throw new InvalidArgumentError('source', 'made for the items of the data set', expected.items, advice);
}
