import { join } from 'node:path';
import { z } from 'zod';
import { callCountSchema, readChecked, type StoredCallCount, type StoredResults } from '../run-folder/checked-files.ts';
import { countLoggedCalls } from '../run-folder/read-call-log.ts';

const trainingSchema = z.looseObject({ calls: z.array(callCountSchema) });
const lookSchema = z.looseObject({ timing: trainingSchema });

/**
 * Calls of a run by what they were for. Of models whose answers cost something, every call ever made, from `calls.jsonl`;
 * else those that training, the last evaluation or a cheap look counted; undefined where neither has ended.
 */
export function readRunCalls(path: string, results: StoredResults | undefined): readonly StoredCallCount[] | undefined {
  const ended = results?.timing.calls ?? readTrainingCalls(path) ?? readLookCalls(path);
  const announced = new Map(ended?.map((count) => [count.phase, count.announced]));
  const logged = countLoggedCalls(join(path, 'calls.jsonl'));
  return logged?.map((count) => ({ ...count, announced: announced.get(count.phase) ?? null })) ?? ended;
}

/** Calls that reached the model, failed ones included. */
export function countAskedCalls(calls: readonly StoredCallCount[]): number {
  return calls.reduce((sum, { fromModel, failed }) => sum + fromModel + failed, 0);
}

function readLookCalls(path: string): readonly StoredCallCount[] | undefined {
  const look = readChecked(join(path, 'headroom.json'), lookSchema);
  return 'value' in look ? look.value.timing.calls : undefined;
}

function readTrainingCalls(path: string): readonly StoredCallCount[] | undefined {
  const training = readChecked(join(path, 'training.json'), trainingSchema);
  return 'value' in training ? training.value.calls : undefined;
}
