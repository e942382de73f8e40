import { type CallRecord, withConcurrencyLimit, withResponseStore } from '@rppkit/env';
import { openResponseStore } from '@rppkit/env/node';
import { type CallCounter, createCallCounter } from '../models/call-counter.ts';
import type { Ranker } from '../models/create-ranker.ts';
import { createDrain } from '../models/drain.ts';
import { withEarlyStop } from '../models/with-early-stop.ts';
import { withPauses } from '../models/with-pauses.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import type { CallPhase } from './results.ts';

/** The model of a run with everything around it. */
export interface RunModel {
  readonly calls: CallCounter;
  close(): Promise<void>;
}

/**
 * Answers that cost something are limited in concurrency, stored in `responses/` before they are used, and logged in
 * `calls.jsonl`; free ones are only counted.
 */
export function createRunModel(
  { model, free }: Ranker,
  {
    folder,
    announced,
    concurrency,
  }: { readonly folder: RunFolder; readonly announced: ReadonlyMap<CallPhase, number>; readonly concurrency: number },
): RunModel {
  if (free) return { calls: createCallCounter(withPauses(model), { announced }), close: async () => {} };
  const store = openResponseStore(folder.resolve('responses'));
  const drain = createDrain();
  const guarded = withConcurrencyLimit(drain.guard(withEarlyStop(model)), concurrency);
  const onCall = (record: CallRecord, phase: CallPhase): void =>
    folder.append('calls.jsonl', `${JSON.stringify(describeCall(record, phase))}\n`);
  return {
    calls: createCallCounter(drain.track(withResponseStore(guarded, store)), { announced, onCall }),
    async close() {
      await drain.close();
      await store.close();
    },
  };
}

function describeCall(record: CallRecord, phase: CallPhase): object {
  if ('failure' in record) return { phase, failure: record.failure };
  const { usage, cached, latencyMs, finishReason } = record.response;
  return { phase, cached, latencyMs: Math.round(latencyMs), ...usage, finishReason };
}
