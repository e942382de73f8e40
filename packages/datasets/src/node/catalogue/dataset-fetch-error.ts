import { RppError } from '@rppkit/spec';

/** One try to get a file, and why it did not succeed. */
export interface FetchAttempt {
  /** Address, or path of an offline file. */
  readonly source: string;
  readonly fault: string;
}

/** A data set could not be fetched, or what was fetched is not the file that the catalogue describes. */
export class DatasetFetchError extends RppError {
  /** Name of the catalogue entry. */
  readonly dataset: string;
  /** All tries, in order. */
  readonly attempts: readonly FetchAttempt[];

  constructor(dataset: string, attempts: readonly FetchAttempt[], advice: string) {
    const tries = attempts.map(({ source, fault }) => `\n- ${source}: ${fault}`).join('');
    super('DATASET_FETCH', `Could not get ${dataset}. ${advice} Tries:${tries}`);
    this.dataset = dataset;
    this.attempts = attempts;
  }

  static override isInstance(value: unknown): value is DatasetFetchError {
    return RppError.isInstance(value) && value.code === 'DATASET_FETCH';
  }
}
