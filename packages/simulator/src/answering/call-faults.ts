import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import { type SimulatedFailure, SimulatedProviderError } from './simulated-provider-error.ts';

/** Shares of calls that fail, each in [0, 1], together at most 1; default 0. */
export interface SimulatedFaults {
  /** With a waiting time of `retryAfterMs`. */
  readonly rateLimit?: number;
  /** The server is overloaded. */
  readonly server?: number;
  /** The connection is lost, so that the answer may have been paid for. */
  readonly network?: number;
  /** No answer in time, the same. */
  readonly timeout?: number;
  /** The share of prompts that are always refused: this one depends on the messages alone. */
  readonly contentFilter?: number;
  /** What a rate limit asks to wait in milliseconds, an integer from 0; default 1000. */
  readonly retryAfterMs?: number;
}

/** The fault of a call, or undefined. `prompt` is seeded by its messages. */
export type FaultSampler = (prompt: RandomStream, seed: number) => SimulatedProviderError | undefined;

/**
 * Faults as a function of messages, seed and attempt, so that a retry can succeed. The attempt is the number of faults in a row
 * that a request (messages and seed) has met; an answer sets it back to 0. Undefined where nothing fails. Throws
 * `InvalidArgumentError` for rates out of range.
 */
export function createFaultSampler(faults: SimulatedFaults | undefined): FaultSampler | undefined {
  if (faults === undefined) return undefined;
  const { contentFilter, retryAfterMs = 1000 } = faults;
  const filtered = readRate('contentFilter', contentFilter);
  const transient = transientRates.map(([name, failure]) => [failure, readRate(name, faults[name])] as const);
  const total = transient.reduce((sum, [, rate]) => sum + rate, filtered);
  if (total > 1 + 1e-9) throw new InvalidArgumentError('faults', 'rates of at most 1 together', total);
  if (!(Number.isSafeInteger(retryAfterMs) && retryAfterMs >= 0)) {
    throw new InvalidArgumentError('faults.retryAfterMs', 'a non-negative integer', retryAfterMs);
  }
  if (total === 0) return undefined;

  const attempts = new Map<string, number>();
  return (prompt, seed) => {
    const faulty = prompt.split('faults');
    if (faulty.uniform() < filtered) return new SimulatedProviderError('content-filter', retryAfterMs);
    const request = faulty.split(seed);
    const key = request.state().key.join();
    const attempt = attempts.get(key) ?? 0;
    // What is left for the others after the filter has taken its share.
    let draw = request.split(attempt).uniform() * (1 - filtered);
    for (const [failure, rate] of transient) {
      draw -= rate;
      if (draw >= 0) continue;
      if (attempts.size >= maximumFailing) attempts.clear();
      attempts.set(key, attempt + 1);
      return new SimulatedProviderError(failure, retryAfterMs);
    }
    attempts.delete(key);
    return undefined;
  };
}

const transientRates = [
  ['rateLimit', 'rate-limit'],
  ['server', 'server'],
  ['network', 'network'],
  ['timeout', 'timeout'],
] as const satisfies readonly (readonly [keyof SimulatedFaults, SimulatedFailure])[];

/** Requests that failed and were given up are forgotten at some point. */
const maximumFailing = 65_536;

function readRate(name: string, rate = 0): number {
  if (typeof rate === 'number' && rate >= 0 && rate <= 1) return rate;
  throw new InvalidArgumentError(`faults.${name}`, 'in [0, 1]', rate);
}
