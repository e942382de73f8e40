/** How long a server takes: always the same, or log-normal with that median. */
export type Latency = 'constant' | 'log-normal';

/** Standard deviation of the logarithm of a log-normal latency. */
export const latencySpread = 0.5;

/** The mean latency in milliseconds, of a median in milliseconds. */
export function computeMeanLatency(medianMs: number, latency: Latency): number {
  return latency === 'constant' ? medianMs : medianMs * Math.exp(latencySpread ** 2 / 2);
}
