import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SystemValues } from '@rppkit/metrics/report';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { ExperimentConfig } from '../experiment/experiment-config.ts';
import { cutoffs } from '../experiment/system-values.ts';
import { readChecked } from '../run-folder/checked-files.ts';
import { readConfig } from '../run-folder/read-run.ts';
import { openRunFolder } from '../run-folder/run-folder.ts';
import { type RunManifest, readManifest } from '../run-folder/run-manifest.ts';
import { findRun } from '../runs/find-run.ts';
import { UsageError } from '../usage-error.ts';

/** What a comparison needs to know of a run that was evaluated. */
export interface ComparedRun {
  readonly name: string;
  readonly manifest: RunManifest;
  readonly config: ExperimentConfig;
  /** The part `data` of `results.json`. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Values by the id of the row, at least `popularity`, `best-fixed` and `rpp`; users without an answer are left out. */
  readonly systems: ReadonlyMap<string, SystemValues>;
}

const resultsSchema = z.looseObject({ data: z.record(z.string(), z.unknown()) });
const metrics = cutoffs.map((k) => `ndcg@${k}`);
/** Rows that a comparison reads. */
const comparedRows = ['popularity', 'best-fixed', 'rpp'];
const rowSchema = z.tuple([z.string(), z.string()], z.string());

/** Reads a run. Throws `UsageError` where there is none, it was not evaluated, or a file of it is damaged. */
export function readComparedRun(root: string, name: string): ComparedRun {
  const path = findRun(root, name);
  const folder = openRunFolder(root, name);
  const results = readChecked(join(path, 'results.json'), resultsSchema);
  if ('problem' in results || !folder.has('evaluation.csv')) {
    const problem = 'problem' in results ? results.problem : 'no evaluation.csv';
    throw new UsageError(
      `Expected run ${name} to have been evaluated, received ${problem}. See how to go on with "rppkit runs show ${name}".`,
    );
  }
  return {
    name,
    manifest: readManifest(folder),
    config: readConfig(folder),
    data: results.value.data,
    systems: readSystems(folder.resolve('evaluation.csv')),
  };
}

function readSystems(path: string): ReadonlyMap<string, SystemValues> {
  const [header, ...rows] = readRows(path);
  if (header?.join() !== ['user', 'system', ...metrics].join()) throw createDamage(path, 'another header line');
  const systems = new Map<string, { users: string[]; perUser: Record<string, number[]> }>();
  for (const [user, id, ...cells] of rows) {
    const values = cells.map((cell) => (cell === '' ? Number.NaN : Number(cell)));
    if (cells.some((cell, column) => cell !== '' && !Number.isFinite(values[column]!))) {
      throw createDamage(path, `values ${cells.join()} of user ${JSON.stringify(user)}`);
    }
    const system = systems.get(id) ?? { users: [], perUser: Object.fromEntries(metrics.map((metric) => [metric, []])) };
    systems.set(id, system);
    if (values.some(Number.isNaN)) continue;
    system.users.push(user);
    for (const [column, metric] of metrics.entries()) system.perUser[metric]!.push(values[column]!);
  }
  const missing = comparedRows.find((id) => !systems.has(id));
  if (missing !== undefined) throw createDamage(path, `no row ${missing}`);
  return systems;
}

function readRows(path: string): readonly z.infer<typeof rowSchema>[] {
  try {
    return z.array(rowSchema).parse(parse(readFileSync(path)));
  } catch (error) {
    throw createDamage(path, error instanceof Error ? error.message.split('\n')[0]! : String(error));
  }
}

function createDamage(path: string, what: string): UsageError {
  return new UsageError(
    `Expected ${path} as rppkit wrote it, received ${what}. Write it anew with "rppkit evaluate --run NAME".`,
  );
}
