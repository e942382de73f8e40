import { readFileSync } from 'node:fs';
import type { CallCount, CallPhase } from '../experiment/results.ts';
import type { RunFolder } from './run-folder.ts';

/** One line of `calls.jsonl`. */
export interface LoggedCall {
  readonly phase: CallPhase;
  readonly cached?: boolean;
  readonly failure?: string;
}

/** Calls by phase in the log of a run, those of killed processes included; undefined where nothing was logged. */
export function countLoggedCalls(folder: RunFolder): readonly CallCount[] | undefined {
  if (!folder.has('calls.jsonl')) return undefined;
  const counts = new Map<CallPhase, CallCount>();
  for (const line of readFileSync(folder.resolve('calls.jsonl'), 'utf8').split('\n')) {
    const call = readCall(line);
    if (call === undefined || call.failure === 'aborted') continue;
    const { phase, cached, failure } = call;
    const none: CallCount = { phase, announced: null, fromModel: 0, fromStore: 0, failed: 0, failures: {} };
    const count = counts.get(phase) ?? none;
    if (failure !== undefined) {
      const failures = { ...count.failures, [failure]: (count.failures[failure] ?? 0) + 1 };
      counts.set(phase, { ...count, failed: count.failed + 1, failures });
    } else if (cached === true) counts.set(phase, { ...count, fromStore: count.fromStore + 1 });
    else counts.set(phase, { ...count, fromModel: count.fromModel + 1 });
  }
  return [...counts.values()];
}

/** A kill may leave half a line. */
function readCall(line: string): LoggedCall | undefined {
  try {
    return JSON.parse(line) as LoggedCall;
  } catch {
    return undefined;
  }
}
