import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { callCountSchema, readChecked, type StoredCallCount, type StoredResults } from './checked-files.ts';
import { readFileLines } from './file-lines.ts';

const trainingSchema = z.looseObject({ calls: z.array(callCountSchema) });
const callSchema = z.looseObject({ phase: z.string(), cached: z.boolean().optional(), failure: z.string().optional() });

/**
 * Calls of a run by what they were for. Of models whose answers cost something, every call ever made, from `calls.jsonl`;
 * else those that training and the last evaluation counted; undefined where neither has ended.
 */
export function readRunCalls(path: string, results: StoredResults | undefined): readonly StoredCallCount[] | undefined {
  const log = join(path, 'calls.jsonl');
  const ended = results?.calls ?? readTrainingCalls(path);
  if (!existsSync(log)) return ended;
  const announced = new Map(ended?.map((count) => [count.phase, count.announced]));
  const counts = new Map<
    string,
    { fromModel: number; fromStore: number; failed: number; failures: Record<string, number> }
  >();
  for (const line of readFileLines(log)) {
    const call = parseCall(line);
    if (call === undefined) continue;
    const count = counts.get(call.phase) ?? { fromModel: 0, fromStore: 0, failed: 0, failures: {} };
    counts.set(call.phase, count);
    if (call.failure !== undefined) {
      count.failed++;
      count.failures[call.failure] = (count.failures[call.failure] ?? 0) + 1;
    } else if (call.cached) count.fromStore++;
    else count.fromModel++;
  }
  return Array.from(counts, ([phase, count]) => ({ phase, announced: announced.get(phase) ?? null, ...count }));
}

/** Calls that reached the model, failed ones included. */
export function countAskedCalls(calls: readonly StoredCallCount[]): number {
  return calls.reduce((sum, { fromModel, failed }) => sum + fromModel + failed, 0);
}

function readTrainingCalls(path: string): readonly StoredCallCount[] | undefined {
  const training = readChecked(join(path, 'training.json'), trainingSchema);
  return 'value' in training ? training.value.calls : undefined;
}

/** Undefined for a line that was cut off. */
function parseCall(line: Buffer): z.infer<typeof callSchema> | undefined {
  try {
    return callSchema.safeParse(JSON.parse(line.toString())).data;
  } catch {
    return undefined;
  }
}
