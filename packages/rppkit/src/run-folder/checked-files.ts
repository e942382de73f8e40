import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { CallCount, ExperimentResults } from '../experiment/results.ts';
import type { RunManifest, RunStatus } from './run-manifest.ts';

// The compiler keeps this complete.
const statuses: Readonly<Record<RunStatus, true>> = { running: true, done: true, interrupted: true, failed: true };

const work = {
  status: z.enum(Object.keys(statuses) as RunStatus[]),
  command: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().exactOptional(),
  error: z.string().exactOptional(),
};

const versionSchema = z.looseObject({
  schemaVersion: z.int(),
  versions: z.looseObject({ rppkit: z.string() }).optional(),
});

// Fields that are not read here may come and go.
const manifestSchema: z.ZodType<RunManifest> = z.looseObject({
  schemaVersion: z.literal(1),
  kind: z.enum(['headroom']).exactOptional(),
  calls: z.number().exactOptional(),
  ...work,
  seed: z.number(),
  preset: z.enum(['reference']).exactOptional(),
  model: z.string(),
  backend: z.string(),
  data: z.looseObject({ name: z.string(), checksums: z.record(z.string(), z.string()) }),
  configChecksum: z.string(),
  versions: z.record(z.string(), z.string()),
  prices: z.looseObject({ inputPerMillion: z.number(), outputPerMillion: z.number() }).exactOptional(),
  source: z.looseObject({ run: z.string(), model: z.string(), policyChecksum: z.string() }).exactOptional(),
  resumptions: z.array(z.looseObject(work)),
  evaluations: z.array(z.looseObject(work)),
});

/** Calls as `results.json` and `training.json` hold them. */
export type StoredCallCount = Omit<CallCount, 'phase'> & { readonly phase: string };

export const callCountSchema: z.ZodType<StoredCallCount> = z.looseObject({
  phase: z.string(),
  announced: z.number().nullable(),
  fromModel: z.number(),
  fromStore: z.number(),
  failed: z.number(),
  failures: z.record(z.string(), z.number()),
});

const estimateSchema = z.looseObject({ mean: z.number(), low: z.number(), high: z.number() });

/** The part of `results.json` that is shown of a run. */
export type StoredResults = Pick<ExperimentResults, 'gains' | 'verdict'> & {
  readonly rows: readonly (Pick<
    ExperimentResults['rows'][number],
    'label' | 'ndcg' | 'searchCalls' | 'tokensPerRanking'
  > & {
    readonly id: string;
  })[];
  readonly timing: { readonly calls: readonly StoredCallCount[] };
};

const resultsSchema: z.ZodType<StoredResults> = z.looseObject({
  schemaVersion: z.literal(1),
  rows: z.array(
    z.looseObject({
      id: z.string(),
      label: z.string(),
      ndcg: z.looseObject({ 1: estimateSchema, 5: estimateSchema, 10: estimateSchema }),
      searchCalls: z.number().nullable(),
      tokensPerRanking: z.number().nullable(),
    }),
  ),
  gains: z.looseObject({ overBestFixed: estimateSchema, overSwapped: estimateSchema }),
  verdict: z.string(),
  timing: z.looseObject({ calls: z.array(callCountSchema) }),
});

/** A file's content, or why it cannot be used. */
export type Checked<Value> =
  | { readonly value: Value }
  | {
      readonly problem: string;
      /** The rppkit that wrote a file of another schema version, where the file says so. */
      readonly writer?: string;
    };

/** The manifest of a run. */
export function readCheckedManifest(path: string): Checked<RunManifest> {
  return readChecked(path, manifestSchema);
}

/** The results of a run. */
export function readCheckedResults(path: string): Checked<StoredResults> {
  return readChecked(path, resultsSchema);
}

/** Reads JSON and checks it; a file of another schema version is told from a damaged one. */
export function readChecked<Value>(path: string, schema: z.ZodType<Value>): Checked<Value> {
  const file = path.replace(/^.*[\\/]/, '');
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return { problem: `no ${file}` };
    return { problem: code === undefined ? `${file} is damaged: it is no JSON` : `${file} cannot be read: ${code}` };
  }
  const { data: value, error } = schema.safeParse(content);
  if (value !== undefined) return { value };
  const written = versionSchema.safeParse(content).data;
  if (written !== undefined && written.schemaVersion !== 1) {
    const problem = `${file} has schema version ${written.schemaVersion}; this rppkit reads version 1`;
    return { problem, ...(written.versions && { writer: written.versions.rppkit }) };
  }
  const issue = error!.issues[0]!;
  return { problem: `${file} is damaged: ${issue.path.join('.') || 'the whole'}: ${issue.message}` };
}
