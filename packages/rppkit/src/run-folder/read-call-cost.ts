import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { PhaseCost, RunCost } from '../experiment/results.ts';
import { readFileLines } from './file-lines.ts';

const answerSchema = z.object({
  phase: z.string(),
  cached: z.boolean(),
  attempts: z.number(),
  latencyMs: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
});
const failureSchema = z.object({ phase: z.string(), failure: z.string(), possiblyPaid: z.boolean() });
const waitSchema = z.object({ wait: z.string(), milliseconds: z.number() });
const lineSchema = z.union([answerSchema, failureSchema, waitSchema]);

type MutablePhase = { -readonly [Key in keyof PhaseCost]: PhaseCost[Key] } & { readonly latencies: number[] };

/**
 * Sums the log `calls.jsonl` at `path` up, those calls of killed processes included; undefined where nothing was logged. Calls that a
 * stop of the run ended are none, unless they may have been charged for.
 */
export function readCallCost(path: string): Omit<RunCost, 'prices'> | undefined {
  if (!existsSync(path)) return undefined;
  const phases = new Map<string, MutablePhase>();
  const waits = new Map<string, { count: number; milliseconds: number }>();
  for (const bytes of readFileLines(path)) {
    const line = readLine(bytes);
    if (line === undefined) continue;
    if ('wait' in line) {
      const before = waits.get(line.wait) ?? { count: 0, milliseconds: 0 };
      waits.set(line.wait, { count: before.count + 1, milliseconds: before.milliseconds + line.milliseconds });
      continue;
    }
    const phase = phases.get(line.phase) ?? createPhase(line.phase);
    phases.set(line.phase, phase);
    if ('failure' in line) {
      if (line.failure !== 'aborted') phase.failed++;
      if (line.possiblyPaid) phase.possiblyPaid++;
    } else if (line.cached) {
      phase.fromStore++;
    } else {
      phase.answers++;
      phase.inputTokens += line.inputTokens;
      phase.outputTokens += line.outputTokens;
      phase.retries += line.attempts - 1;
      phase.latencies.push(line.latencyMs);
    }
  }
  return {
    phases: Array.from(phases.values(), ({ latencies, ...phase }) => ({ ...phase, latencyMs: describe(latencies) })),
    waits: Object.fromEntries(waits),
  };
}

function createPhase(phase: string): MutablePhase {
  const none = { answers: 0, fromStore: 0, inputTokens: 0, outputTokens: 0, retries: 0, failed: 0, possiblyPaid: 0 };
  return { phase, ...none, latencyMs: null, latencies: [] };
}

/** Percentiles by nearest rank. */
function describe(latencies: readonly number[]): PhaseCost['latencyMs'] {
  if (latencies.length === 0) return null;
  const sorted = latencies.toSorted((left, right) => left - right);
  const at = (share: number): number => sorted[Math.ceil(share * sorted.length) - 1]!;
  return { p50: at(0.5), p95: at(0.95) };
}

/** Undefined for a line that was cut off. */
function readLine(line: Buffer): z.infer<typeof lineSchema> | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(line.toString())).data;
  } catch {
    return undefined;
  }
}
