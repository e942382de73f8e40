import { type Budget, type CallRecord, guardTextModel, withTimeout } from '@rppkit/env';
import { openResponseStore } from '@rppkit/env/node';
import type { RandomStream } from '@rppkit/spec';
import { type CallCounter, createCallCounter } from '../models/call-counter.ts';
import type { Ranker } from '../models/create-ranker.ts';
import { createDrain } from '../models/drain.ts';
import { withBudgetStop } from '../models/with-budget-stop.ts';
import { withEarlyStop } from '../models/with-early-stop.ts';
import { withPauses } from '../models/with-pauses.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import { withSpans } from '../telemetry/with-spans.ts';
import type { CallPlan } from './plan-calls.ts';
import type { CallCount, CallPhase } from './results.ts';

/** The model of a run with everything around it. */
export interface RunModel {
  readonly calls: CallCounter;
  close(): Promise<void>;
}

export interface RunModelOptions {
  readonly folder: RunFolder;
  readonly announced: CallPlan;
  /** Calls before an interruption. */
  readonly before: readonly CallCount[];
  /** Calls under way at a time; fewer where the provider says that it is too many. */
  readonly concurrency: number;
  /** For the waits between attempts. */
  readonly random: RandomStream;
  /** Stored answers cost nothing of it. */
  readonly budget: Budget | undefined;
  /** Called once, when a call does not fit into the budget any more. */
  readonly onBudgetSpent: (reason: string) => void;
  /** Of calls that cost something. */
  readonly tracing: Tracing;
}

/** An answer that takes longer will hardly come. */
const timeoutMs = 120_000;

/**
 * Answers that cost something are limited in concurrency, tried again after transient failures, stored in `responses/`
 * before they are used, and logged in `calls.jsonl`; free ones are only counted.
 */
export function createRunModel(
  { model, free }: Ranker,
  { folder, announced, before, concurrency, random, budget, onBudgetSpent, tracing }: RunModelOptions,
): RunModel {
  const limits = budget === undefined ? {} : { budget };
  if (free) {
    const limited = withBudgetStop(guardTextModel(withPauses(model), limits), onBudgetSpent);
    return { calls: createCallCounter(limited, { announced, before }), close: async () => {} };
  }
  const store = openResponseStore(folder.resolve('responses'));
  const drain = createDrain();
  const guarded = guardTextModel(drain.guard(withEarlyStop(withSpans(withTimeout(model, timeoutMs), tracing))), {
    adaptive: { maximum: concurrency },
    retry: {
      random,
      onRetry: ({ error, delayMs }) => {
        const line = { wait: error.failure, milliseconds: Math.round(delayMs) };
        folder.append('calls.jsonl', `${JSON.stringify(line)}\n`);
      },
    },
    store,
    clock: drain.clock,
    ...limits,
  });
  const onCall = (record: CallRecord, phase: CallPhase): void =>
    folder.append('calls.jsonl', `${JSON.stringify(describeCall(record, phase))}\n`);
  return {
    calls: createCallCounter(drain.track(withBudgetStop(guarded, onBudgetSpent)), { announced, before, onCall }),
    async close() {
      await drain.close();
      await store.close();
    },
  };
}

function describeCall(record: CallRecord, phase: CallPhase): object {
  if ('failure' in record) return { phase, failure: record.failure, possiblyPaid: record.possiblyPaid };
  const { usage, cached, latencyMs, finishReason, attempts = 1 } = record.response;
  return { phase, cached, attempts, latencyMs: Math.round(latencyMs), ...usage, finishReason };
}
