import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import { assertPositiveIntegers } from '../options/number-checks.ts';

/** Values to draw a hyper-parameter from: one of a list, or a number of a range. */
export type HyperparameterRange =
  | { readonly values: readonly (number | string | boolean)[] }
  | {
      readonly from: number;
      readonly to: number;
      /** `log`: every factor is equally likely, for which both ends must be above 0. Default `linear`. */
      readonly scale?: 'linear' | 'log';
      /**
       * Whether only integers are drawn, both ends among them; default false. On a linear scale all are equally likely; on a
       * log scale n has the share of log(n + 1/2) - log(n - 1/2).
       */
      readonly integer?: boolean;
    };

/** Options of a recommender by name. */
export type Hyperparameters = Readonly<Record<string, number | string | boolean>>;

/** One try. */
export interface Trial<Outcome> {
  readonly parameters: Hyperparameters;
  readonly value: number;
  readonly outcome: Outcome;
}

/** What is searched, and how often. */
export interface HyperparameterSearchOptions<Outcome> {
  readonly ranges: Readonly<Record<string, HyperparameterRange>>;
  /** Trials, the first of which takes the defaults (no parameters at all); a positive integer, equal for all models compared. */
  readonly trials: number;
  readonly random: RandomStream;
  /** Fits and evaluates on validation items. The larger value is the better one, -Infinity that of a trial that failed. */
  readonly run: (
    parameters: Hyperparameters,
    trial: number,
  ) => Promise<{ readonly value: number; readonly outcome: Outcome }>;
  readonly signal?: AbortSignal;
  readonly onTrial?: (trial: Trial<Outcome>, index: number) => void;
}

/**
 * Random search (Bergstra and Bengio, "Random search for hyper-parameter optimization", JMLR 13, 2012): the trial with the
 * largest value, the earliest among equals. Trial n draws from a stream of its own, so that more trials leave the first ones
 * as they were. Throws `InvalidArgumentError` for a range without values,
 * for trials out of range, and for a value that is not a number.
 */
export async function searchHyperparameters<Outcome>({
  ranges,
  trials,
  random,
  run,
  signal,
  onTrial,
}: HyperparameterSearchOptions<Outcome>): Promise<{
  readonly best: Trial<Outcome>;
  readonly trials: readonly Trial<Outcome>[];
}> {
  assertPositiveIntegers({ trials });
  for (const [name, range] of Object.entries(ranges)) assertRange(`ranges.${name}`, range);
  const done: Trial<Outcome>[] = [];
  for (let index = 0; index < trials; index++) {
    signal?.throwIfAborted();
    const parameters = index === 0 ? {} : sampleHyperparameters(ranges, random.split(index));
    const { value, outcome } = await run(parameters, index);
    if (Number.isNaN(value))
      throw new InvalidArgumentError(
        `the value of trial ${index}`,
        'a number',
        value,
        'Give a trial that failed -Infinity.',
      );
    done.push({ parameters, value, outcome });
    onTrial?.(done[index]!, index);
  }
  const best = done.reduce((first, trial) => (trial.value > first.value ? trial : first));
  return { best, trials: done };
}

/** One value of each range. */
function sampleHyperparameters(
  ranges: Readonly<Record<string, HyperparameterRange>>,
  random: RandomStream,
): Hyperparameters {
  return Object.fromEntries(
    Object.entries(ranges).map(([name, range]) => {
      const own = random.split(name);
      if ('values' in range) return [name, range.values[own.integer(range.values.length)]!];
      const { from, to, scale = 'linear', integer = false } = range;
      // An integer stands for what rounds to it, so that both ends are as likely as any other.
      const [low, high] = integer ? [from - 0.5, to + 0.5] : [from, to];
      const share = own.uniform();
      const value = scale === 'log' ? low * (high / low) ** share : low + (high - low) * share;
      // Not `Math.round`, which gives -0.
      return [name, integer ? Math.min(to, Math.max(from, Math.floor(value + 0.5))) : value];
    }),
  );
}

function assertRange(field: string, range: HyperparameterRange): void {
  if ('values' in range) {
    if (range.values.length === 0)
      throw new InvalidArgumentError(`${field}.values`, 'a list that is not empty', range.values);
    return;
  }
  const { from, to, scale, integer = false } = range;
  if (scale !== undefined && scale !== 'linear' && scale !== 'log') {
    throw new InvalidArgumentError(`${field}.scale`, '"linear" or "log"', scale);
  }
  if (!Number.isFinite(from) || (scale === 'log' && from <= 0)) {
    throw new InvalidArgumentError(`${field}.from`, scale === 'log' ? 'above 0 and finite' : 'a finite number', from);
  }
  if (!(Number.isFinite(to) && to >= from)) throw new InvalidArgumentError(`${field}.to`, `at least ${from}`, to);
  if (!integer) return;
  for (const [end, value] of Object.entries({ from, to })) {
    if (!Number.isSafeInteger(value)) throw new InvalidArgumentError(`${field}.${end}`, 'an integer', value);
  }
}
