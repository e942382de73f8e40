import { createRandomStream } from '@rppkit/spec';
import { type AnswerRequest, type AnswerSampler, renderMessages, type SimulatedAnswer } from './answer-sampler.ts';
import { createFaultSampler, type SimulatedFaults } from './call-faults.ts';
import { createLatencySampler, type SimulatedLatency } from './call-latency.ts';
import { type Wait, waitForTimer } from './wait.ts';

/** What calls cost beside tokens; none of it changes an answer. */
export interface SimulatedCallOptions {
  /** Default: answers take no time. */
  readonly latency?: SimulatedLatency;
  /** Default: nothing fails. */
  readonly faults?: SimulatedFaults;
  /** How latency passes; default: the timers of the machine. */
  readonly wait?: Wait;
}

/** An answer, and how long it took in milliseconds. */
export interface ServedAnswer extends SimulatedAnswer {
  readonly latencyMs: number;
}

/** A request that is to be answered after its latency, or to fail. */
export interface SimulatedService {
  /** Rejects with `SimulatedProviderError` for a fault and with what `wait` rejects with for an abort. */
  serve(sampler: AnswerSampler, request: AnswerRequest, signal?: AbortSignal): Promise<ServedAnswer>;
}

/** Throws `InvalidArgumentError` for latency or rates out of range. */
export function createSimulatedService({
  latency,
  faults,
  wait = waitForTimer,
}: SimulatedCallOptions): SimulatedService {
  const sampleLatency = createLatencySampler(latency);
  const sampleFault = createFaultSampler(faults);
  const isInstant = sampleLatency === undefined && sampleFault === undefined;
  return {
    async serve(sampler, request, signal) {
      if (isInstant) return { ...sampler.sample(request), latencyMs: 0 };
      const prompt = createRandomStream(renderMessages(request.messages));
      // Faults count attempts, so they are decided in the order in which calls arrive.
      const fault = sampleFault?.(prompt, request.seed);
      const latencyMs = sampleLatency?.(prompt.split(request.seed)) ?? 0;
      if (latencyMs > 0) await wait(latencyMs, signal);
      if (fault !== undefined) throw fault;
      return { ...sampler.sample(request), latencyMs };
    },
  };
}
