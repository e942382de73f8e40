import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type ExperimentConfig, parseExperimentConfig } from '../experiment/experiment-config.ts';
import { findAskingDifference } from '../experiment/find-asking-difference.ts';
import { replaceFile } from '../run-folder/durable-files.ts';
import { UsageError } from '../usage-error.ts';

/** `FILE.json` beside a response table: with what it was recorded, so that a replay makes the same tasks. */
export interface TableRecord {
  readonly schemaVersion: 1;
  readonly config: ExperimentConfig;
  /** Users asked about, each with one task. */
  readonly tasks: number;
  /** Joint actions that were drawn, or all of the space. */
  readonly prompts: number | 'all';
  readonly orders: number;
  readonly draws: number;
  /** Whether user ids are hashed with the salt in `FILE.salt`. */
  readonly redacted: boolean;
  /** SHA-256 of the files that the data were read from, in hexadecimal. */
  readonly checksums: Readonly<Record<string, string>>;
}

const schema = z.object({
  schemaVersion: z.literal(1),
  config: z.record(z.string(), z.unknown()),
  tasks: z.int().positive(),
  prompts: z.union([z.int().positive(), z.literal('all')]),
  orders: z.int().positive(),
  draws: z.int().positive(),
  redacted: z.boolean(),
  checksums: z.record(z.string(), z.string()),
});

/** The path of the record of the table at `path`. */
export function getRecordPath(path: string): string {
  return `${path}.json`;
}

/** The path of the salt of the redacted table at `path`. */
export function getSaltPath(path: string): string {
  return `${path}.salt`;
}

/** Reads the record of the table at `path`; undefined where there is none. Throws `UsageError` for a damaged one. */
export function readTableRecord(path: string): TableRecord | undefined {
  const own = getRecordPath(path);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(own, 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw createRecordError(own, code ?? 'no JSON');
  }
  const { data, error } = schema.safeParse(content);
  if (data === undefined) {
    const issue = error!.issues[0]!;
    throw createRecordError(own, `${issue.path.join('.') || 'the whole'}: ${issue.message}`);
  }
  return { ...data, config: parseExperimentConfig(data.config) };
}

/** Writes the record of the table at `path`. Throws `RppError` where the disk refuses. */
export function writeTableRecord(path: string, record: TableRecord): void {
  replaceFile(getRecordPath(path), `${JSON.stringify(record, null, 2)}\n`);
}

/** What the flags of the extent are called. */
const extentFlags = {
  tasks: '--tasks',
  prompts: '--prompts',
  orders: '--orders',
  draws: '--draws',
  redacted: '--redact',
} as const;

/** Refuses to go on with a recording with other flags than those that it began with. Throws `UsageError`. */
export function assertSameRecord(path: string, before: TableRecord, wanted: TableRecord): void {
  const extent = Object.keys(extentFlags) as (keyof typeof extentFlags)[];
  const field = extent.find((one) => before[one] !== wanted[one]);
  const differing = field === undefined ? findAskingDifference(before.config, wanted.config) : extentFlags[field];
  if (differing !== undefined) {
    throw new UsageError(
      `Expected --out to be new or a recording with the same flags, received ${path}, which was recorded with another ${differing}. Record to another file.`,
    );
  }
  assertSameFiles(path, before, wanted.checksums);
}

/** Refuses data that are not those a table was recorded with. Throws `UsageError`. */
export function assertSameFiles(
  path: string,
  { checksums }: Pick<TableRecord, 'checksums'>,
  now: Readonly<Record<string, string>>,
): void {
  const changed = Object.keys(checksums).find((file) => now[file] !== checksums[file]);
  if (changed === undefined) return;
  throw new UsageError(
    `Expected ${changed} as it was when ${path} was recorded, received other content. Restore it, or record a new table.`,
  );
}

function createRecordError(path: string, problem: string): UsageError {
  return new UsageError(
    `Expected the record of a table that can be read, received ${path}: ${problem}. Restore it from a copy, or record the table anew.`,
  );
}
