/** An axis around 0. */
export interface SignedTicks {
  /** From the first multiple of a round step at or below all values, and 0, to the first one at or above them. */
  readonly ticks: readonly number[];
  /** d3 format of their labels. */
  readonly format: string;
}

const mostSteps = 5;
const roundSteps = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

/** Ticks for differences of figures between 0 and 1, with 0 among them. */
export function createSignedTicks(values: readonly number[]): SignedTicks {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const count = (size: number): number => Math.ceil(high / size) - Math.floor(low / size);
  const step = roundSteps.find((size) => count(size) <= mostSteps) ?? roundSteps.at(-1)!;
  const first = Math.floor(low / step);
  // A chart without any difference still needs an axis with two ends.
  const length = Math.max(2, count(step) + 1);
  return {
    ticks: Array.from({ length }, (_, index) => (first + index) * step + 0),
    format: step < 0.01 ? '.3f' : '.2f',
  };
}
