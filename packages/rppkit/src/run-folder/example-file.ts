import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { PromptExample } from '../experiment/results.ts';
import { UsageError } from '../usage-error.ts';
import { replaceFile } from './durable-files.ts';
import { readFileLines } from './file-lines.ts';
import type { RunFolder } from './run-folder.ts';

/** Name of the file that holds the examples of a run, one a line. */
const exampleFile = 'examples.jsonl';

const answer = { answer: z.string(), ranking: z.array(z.string()), ndcg: z.number() };

const exampleSchema: z.ZodType<PromptExample> = z.object({
  user: z.string(),
  history: z.array(z.string()),
  candidates: z.array(z.object({ title: z.string(), relevant: z.boolean() })),
  prompt: z.object({
    text: z.string(),
    spans: z.array(z.object({ section: z.string(), start: z.int(), end: z.int() })),
  }),
  ...answer,
  fixed: z.object(answer),
});

/** The examples of the run in folder `path` that can be read, none where there is no file, and how many lines are damaged. */
export function readSoundExamples(path: string): {
  readonly examples: readonly PromptExample[];
  readonly damaged: number;
} {
  const file = join(path, exampleFile);
  const lines = existsSync(file) ? [...readFileLines(file)] : [];
  const examples = lines.flatMap((line) => parseLine(line) ?? []);
  return { examples, damaged: lines.length - examples.length };
}

/** Replaces `examples.jsonl` of a run. */
export function writeExamples({ path }: Pick<RunFolder, 'path'>, examples: readonly PromptExample[]): void {
  replaceFile(join(path, exampleFile), renderLines(examples));
}

/**
 * Reads the first examples of the run in folder `path`, all of them by default. Throws `UsageError` where there is no such
 * file, and for a line that is damaged.
 */
export function readExamples(path: string, limit: number = Number.POSITIVE_INFINITY): readonly PromptExample[] {
  const file = join(path, exampleFile);
  if (!existsSync(file)) {
    throw new UsageError(`Expected ${file} to hold the examples of the run, received no such file. Evaluate it again.`);
  }
  const examples: PromptExample[] = [];
  for (const line of readFileLines(file)) {
    if (examples.length >= limit) break;
    const example = parseLine(line);
    if (example === undefined) {
      throw new UsageError(
        `Expected an example in ${file}, line ${examples.length + 1}, received what is none. Evaluate the run again.`,
      );
    }
    examples.push(example);
  }
  return examples;
}

function parseLine(line: Buffer): PromptExample | undefined {
  try {
    return exampleSchema.safeParse(JSON.parse(line.toString())).data;
  } catch {
    return undefined;
  }
}

function* renderLines(examples: readonly PromptExample[]): Generator<string> {
  for (const example of examples) yield `${JSON.stringify(example)}\n`;
}
