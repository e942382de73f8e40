import type { ComparedRun } from './read-compared-run.ts';

/** What runs do not share. */
export interface RunDifference {
  /** Path of a field of the configuration, or what the manifest calls it. */
  readonly field: string;
  /** One for each run, in words; `-` where a run has none. */
  readonly values: readonly string[];
}

/** Fields of a configuration that say where files lie or how fast a run may be, and change no result. */
const withoutEffect: ReadonlySet<string> = new Set(['data.path', 'data.items.path', 'concurrency', 'allowedLoss']);
/** Fields that make the tasks; what they come to is read from `results.json`. */
const ofTasks = /^(data\.|seed$|candidates$|trainUsers$|reportUsers$)/;

/** What makes the tasks of the runs different; none where their values can be compared. */
export function listTaskDifferences(runs: readonly ComparedRun[]): readonly RunDifference[] {
  return differ(runs, ({ config, data, manifest }) => {
    const { lostUsers: _, name, ...counts } = data;
    return new Map([
      ['data', String(name)],
      ...Object.entries(manifest.data.checksums).map(([file, checksum]): [string, string] => [
        `checksum of ${file}`,
        `${checksum.slice(0, 12)}…`,
      ]),
      ['seed', String(config.seed)],
      ...flatten(config.data, 'data.').filter(([field]) => !withoutEffect.has(field)),
      ...flatten(counts, ''),
    ]);
  });
}

/** What is compared: everything else in which configurations and manifests differ. */
export function listSettingDifferences(runs: readonly ComparedRun[]): readonly RunDifference[] {
  return differ(runs, ({ config, manifest }) => {
    const { model, source, backend, versions } = manifest;
    return new Map([
      ['model', model],
      ['policy', source === undefined ? 'its own' : `of run ${source.run}, trained on ${source.model}`],
      ...flatten(config, '').filter(
        ([field]) => field !== 'model' && !ofTasks.test(field) && !withoutEffect.has(field),
      ),
      ['backend', backend],
      ...flatten(versions, 'version of '),
    ]);
  });
}

function differ(
  runs: readonly ComparedRun[],
  describe: (run: ComparedRun) => ReadonlyMap<string, string>,
): readonly RunDifference[] {
  const described = runs.map(describe);
  const fields = new Set(described.flatMap((one) => [...one.keys()]));
  return [...fields].flatMap((field) => {
    const values = described.map((one) => one.get(field) ?? '-');
    return new Set(values).size === 1 ? [] : [{ field, values }];
  });
}

/** The leaves of a record with their paths; lists are leaves. */
function flatten(record: object, prefix: string): readonly [string, string][] {
  return Object.entries(record).flatMap(([name, value]): readonly [string, string][] => {
    if (Array.isArray(value)) return [[prefix + name, value.join(',')]];
    if (typeof value === 'object' && value !== null) return flatten(value, `${prefix}${name}.`);
    return [[prefix + name, String(value)]];
  });
}
