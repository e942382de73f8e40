import { z } from 'zod';
import type { ExperimentConfig } from '../experiment/experiment-config.ts';
import { pickDefined } from '../pick-defined.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import { UsageError } from '../usage-error.ts';
import { readSuiteFile } from './read-suite-file.ts';
import { versions } from './suite-versions.ts';

/** `suite.json`: what all rows of a suite's folder have in common, whatever models and seeds they are of. */
export interface SuiteIdentity {
  readonly schemaVersion: 1;
  readonly suite: 'ranking';
  /** What decides tasks and budgets; data without paths, which the checksums make up for. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly checksums: Readonly<Record<string, string>>;
  readonly users: { readonly train: number; readonly report: number };
  readonly backend: string;
  readonly rppkit: string;
}

const file = 'suite.json';

const schema: z.ZodType<SuiteIdentity> = z.looseObject({
  schemaVersion: z.literal(1),
  suite: z.literal('ranking'),
  config: z.record(z.string(), z.unknown()),
  checksums: z.record(z.string(), z.string()),
  users: z.looseObject({ train: z.int(), report: z.int() }),
  backend: z.string(),
  rppkit: z.string(),
});

/**
 * The backend that a suite began with, which it needs to go on: others round differently. Undefined for a new suite. Throws
 * `UsageError` for a damaged folder.
 */
export function readSuiteBackend(folder: RunFolder): string | undefined {
  return folder.has(file) ? readIdentity(folder).backend : undefined;
}

function readIdentity(folder: RunFolder): SuiteIdentity {
  return readSuiteFile(folder, file, schema, 'Restore it from a copy, or pass another --out for a new suite.');
}

/**
 * Makes the folder that of this suite. Throws `UsageError` where it holds one of other data, tasks or budget, and says to `log`
 * where another version began it.
 */
export function claimSuiteFolder(
  folder: RunFolder,
  options: Omit<SuiteIdentity, 'schemaVersion' | 'suite' | 'rppkit' | 'config'> & { readonly config: ExperimentConfig },
  log: (line: string) => void,
): void {
  const { config, ...facts } = options;
  const identity: SuiteIdentity = {
    schemaVersion: 1,
    suite: 'ranking',
    config: selectFields(config),
    ...facts,
    ...versions,
  };
  if (!folder.has(file)) {
    folder.write(file, `${JSON.stringify(identity, null, 2)}\n`);
    return;
  }
  const kept = readIdentity(folder);
  const [differing] = listDifferences(kept, identity).filter((path) => path !== 'rppkit');
  if (differing !== undefined) {
    const [before, now] = [kept, identity].map((of) => JSON.stringify(readPath(of, differing)) ?? 'nothing');
    throw new UsageError(
      `Expected the suite in ${folder.path} to go on as it began, with ${differing} ${before}, received ${now}. Pass what it began with, or another --out for a new suite.`,
    );
  }
  if (kept.rppkit === identity.rppkit) return;
  log(
    `Began with rppkit ${kept.rppkit}, goes on with ${identity.rppkit}: figures may differ from those of one version.`,
  );
}

function selectFields(config: ExperimentConfig): SuiteIdentity['config'] {
  const { data, domain, temperature, seed, candidates, trainUsers, reportUsers, episodes: calls } = config;
  const patterns = config.patterns === 'default' ? undefined : config.patterns;
  const { path: _, items, ...reading } = data.kind === 'files' ? data : { ...data, path: undefined, items: undefined };
  return pickDefined({
    data: pickDefined({ ...reading, items: items?.columns }),
    ...{ domain, temperature, seed, candidates, trainUsers, reportUsers, patterns, calls },
  });
}

/** Paths of the fields that differ. */
function listDifferences(left: unknown, right: unknown, path = ''): string[] {
  if (!isObject(left) || !isObject(right)) return JSON.stringify(left) === JSON.stringify(right) ? [] : [path];
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return keys.flatMap((key) => listDifferences(left[key], right[key], path === '' ? key : `${path}.${key}`));
}

function readPath(value: unknown, path: string): unknown {
  return path.split('.').reduce((inner, key) => (isObject(inner) ? inner[key] : undefined), value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
