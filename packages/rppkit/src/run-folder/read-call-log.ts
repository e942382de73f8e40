import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { CallCount, CallPhase } from '../experiment/results.ts';
import { readFileLines } from './file-lines.ts';

const callSchema = z.looseObject({ phase: z.string(), cached: z.boolean().optional(), failure: z.string().optional() });

/**
 * Calls by phase in the log `calls.jsonl` at `path`, those of killed processes included; undefined where nothing was logged. Calls
 * that a stop of the run ended are none.
 */
export function countLoggedCalls(path: string): readonly CallCount[] | undefined {
  if (!existsSync(path)) return undefined;
  const counts = new Map<CallPhase, CallCount>();
  for (const line of readFileLines(path)) {
    const call = readCall(line);
    if (call === undefined || call.failure === 'aborted') continue;
    const phase = call.phase as CallPhase;
    const none: CallCount = { phase, announced: null, fromModel: 0, fromStore: 0, failed: 0, failures: {} };
    counts.set(phase, addCall(counts.get(phase) ?? none, call));
  }
  return [...counts.values()];
}

function addCall(count: CallCount, { cached, failure }: z.infer<typeof callSchema>): CallCount {
  if (failure === undefined) {
    return cached ? { ...count, fromStore: count.fromStore + 1 } : { ...count, fromModel: count.fromModel + 1 };
  }
  const failures = { ...count.failures, [failure]: (count.failures[failure] ?? 0) + 1 };
  return { ...count, failed: count.failed + 1, failures };
}

/** Undefined for a line that was cut off. */
function readCall(line: Buffer): z.infer<typeof callSchema> | undefined {
  try {
    return callSchema.safeParse(JSON.parse(line.toString())).data;
  } catch {
    return undefined;
  }
}
