import { type CallRecord, withCallObserver } from '@rppkit/env';
import type { TextModel } from '@rppkit/spec';
import type { CallPlan } from '../experiment/plan-calls.ts';
import type { CallCount, CallPhase } from '../experiment/results.ts';

/** Counts calls by what they are for. */
export interface CallCounter {
  /** The model whose calls are counted. */
  readonly model: TextModel;
  /** Calls from now on belong to this phase, but for those whose purpose is to refine. */
  begin(phase: CallPhase): void;
  counts(): readonly CallCount[];
  /** Of the answers that the model gave since the counter was made. */
  tokens(): { readonly input: number; readonly output: number };
  /** Model calls, store hits and failures so far, of all phases. */
  total(): number;
}

export interface CallCounterOptions {
  /** Calls of each phase as announced; phases that are not announced cannot begin. */
  readonly announced: CallPlan;
  /** Counts to go on from, of announced phases; default none. */
  readonly before?: readonly CallCount[];
  readonly onCall?: (record: CallRecord, phase: CallPhase) => void;
}

type MutableCount = { -readonly [Key in keyof CallCount]: CallCount[Key] } & { failures: Record<string, number> };

/** Wraps a model so that its calls are counted. */
export function createCallCounter(
  model: TextModel,
  { announced, before = [], onCall }: CallCounterOptions,
): CallCounter {
  const counts = new Map<CallPhase, MutableCount>(
    Array.from(announced, ([phase, calls]) => {
      const {
        fromModel = 0,
        fromStore = 0,
        failed = 0,
        failures = {},
      } = before.find((one) => one.phase === phase) ?? {};
      return [phase, { phase, announced: calls, fromModel, fromStore, failed, failures: { ...failures } }];
    }),
  );
  let current: CallPhase | undefined;
  const tokens = { input: 0, output: 0 };
  return {
    model: withCallObserver(model, (record) => {
      const phase = record.request.purpose === 'refine' ? 'refine' : current!;
      const count = counts.get(phase)!;
      if ('failure' in record) {
        // Of an aborted one the run was stopped; it did not fail.
        if (record.failure !== 'aborted') {
          count.failed++;
          count.failures[record.failure] = (count.failures[record.failure] ?? 0) + 1;
        }
      } else if (record.response.cached) {
        count.fromStore++;
      } else {
        count.fromModel++;
        tokens.input += record.response.usage.inputTokens;
        tokens.output += record.response.usage.outputTokens;
      }
      onCall?.(record, phase);
    }),
    begin(phase) {
      current = phase;
    },
    counts: () => [...counts.values()].map((count) => ({ ...count, failures: { ...count.failures } })),
    tokens: () => ({ ...tokens }),
    total: () =>
      [...counts.values()].reduce((sum, { fromModel, fromStore, failed }) => sum + fromModel + fromStore + failed, 0),
  };
}
