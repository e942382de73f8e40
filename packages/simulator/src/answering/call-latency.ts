import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';

/** How long a simulated call takes. */
export interface SimulatedLatency {
  /** In milliseconds, 0 to 1e9. */
  readonly meanMs: number;
  /** Latencies lie evenly in `meanMs` times [1 - spread, 1 + spread], 0 to 1; default 0.5. */
  readonly spread?: number;
}

/** The latency of a call in milliseconds: a function of its messages and seed, which seed `call`. */
export type LatencySampler = (call: RandomStream) => number;

/** Undefined where calls take no time. Throws `InvalidArgumentError` for a mean or a spread out of range. */
export function createLatencySampler(latency: SimulatedLatency | undefined): LatencySampler | undefined {
  if (latency === undefined) return undefined;
  const { meanMs, spread = 0.5 } = latency;
  if (!isBetween(meanMs, 1e9)) throw new InvalidArgumentError('latency.meanMs', 'in [0, 1e9]', meanMs);
  if (!isBetween(spread, 1)) throw new InvalidArgumentError('latency.spread', 'in [0, 1]', spread);
  if (meanMs === 0) return undefined;
  return (call) => meanMs * (1 + spread * (2 * call.split('latency').uniform() - 1));
}

function isBetween(value: unknown, maximum: number): boolean {
  return typeof value === 'number' && value >= 0 && value <= maximum;
}
