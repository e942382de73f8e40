import type { PatternSpace } from '@rppkit/patterns';
import type { JudgedTask } from '@rppkit/spec';
import { z } from 'zod';
import { readFileLines } from '../run-folder/file-lines.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import { UsageError } from '../usage-error.ts';
import { createAnswerCounter } from './count-answers.ts';
import type { AnswerCounts } from './results.ts';

/** One prompt of the training and what came of it. */
export interface TrainingChoice {
  /** Index of the training task. */
  readonly task: number;
  /** Number of the update that learned from it, from 1. */
  readonly update: number;
  /** One expression index a pattern. */
  readonly actions: readonly number[];
  /** What the policy gave each of them, in (0, 1]. */
  readonly propensities: readonly number[];
  readonly reward: number;
}

/** What `trajectories.jsonl` tells of the training. */
export interface TrainingAnswers {
  readonly counts: AnswerCounts;
  /** Rounds that were rewarded, in order. */
  readonly choices: readonly TrainingChoice[];
}

const answeredSchema = z.object({
  outcome: z.enum(['answered', 'refused']),
  parsed: z.union([
    z.object({ kind: z.literal('invalid'), reason: z.string() }),
    z.object({ kind: z.enum(['complete', 'partial']), repeated: z.number(), foreign: z.array(z.unknown()) }),
  ]),
  reward: z.number().exactOptional(),
});

const lineSchema = z.intersection(
  z.object({
    update: z.int(),
    task: z.string(),
    actions: z.record(z.string(), z.int()),
    propensities: z.record(z.string(), z.number()),
  }),
  z.union([z.object({ outcome: z.literal('failed'), failure: z.string() }), answeredSchema]),
);

const file = 'trajectories.jsonl';

/**
 * Reads `trajectories.jsonl` line by line; undefined where the run has none. Lines about tasks that are not among `tasks` are
 * counted and leave no choice. Throws `UsageError` for a line that is damaged.
 */
export function readTrainingAnswers(
  folder: RunFolder,
  { tasks, space }: { readonly tasks: readonly JudgedTask[]; readonly space: PatternSpace },
): TrainingAnswers | undefined {
  if (!folder.has(file)) return undefined;
  const places = new Map(tasks.map(({ task }, index) => [task.id, index]));
  const counter = createAnswerCounter();
  const choices: TrainingChoice[] = [];
  let number = 0;
  for (const bytes of readFileLines(folder.resolve(file))) {
    number++;
    const line = readLine(bytes);
    if (line === undefined) {
      throw new UsageError(
        `Expected each line of ${folder.resolve(file)} to tell of a call, received line ${number}, which is damaged. Restore the file from a copy, or move it away: the report then leaves out what follows from it.`,
      );
    }
    counter.add(line);
    const task = places.get(line.task);
    if (line.outcome === 'failed' || line.reward === undefined || task === undefined) continue;
    choices.push({
      task,
      update: line.update,
      actions: space.patterns.map(({ name }) => line.actions[name]!),
      propensities: space.patterns.map(({ name }) => line.propensities[name]!),
      reward: line.reward,
    });
  }
  return { counts: counter.counts(), choices };
}

function readLine(line: Buffer): z.infer<typeof lineSchema> | undefined {
  try {
    return lineSchema.safeParse(JSON.parse(line.toString())).data;
  } catch {
    return undefined;
  }
}
