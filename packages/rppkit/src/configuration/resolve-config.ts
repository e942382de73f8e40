import type { ExperimentFlags } from '../commands/experiment-flags.ts';
import { overrideData, resolveData } from '../data/resolve-data.ts';
import { findFlag } from '../experiment/config-fields.ts';
import {
  type DataInput,
  type ExperimentConfig,
  type ExperimentConfigInput,
  parseExperimentConfig,
} from '../experiment/experiment-config.ts';
import { isOfPreset } from '../experiment/reference-preset.ts';
import { pickDefined } from '../pick-defined.ts';
import { UsageError } from '../usage-error.ts';
import { findConfigFile } from './find-config-file.ts';
import { type ConfigFile, readConfigFile } from './read-config-file.ts';

/** Where the value of a field came from; the flag is named. */
export type FieldOrigin =
  | { readonly from: 'flag'; readonly flag: string }
  | { readonly from: 'file' }
  /** That of the field `preset`. */
  | { readonly from: 'preset' }
  | { readonly from: 'default' };

/** An experiment, put together from flags, configuration file and defaults. */
export interface ResolvedConfig {
  readonly config: ExperimentConfig;
  /** Path of the configuration file; undefined where none was found. */
  readonly file: string | undefined;
  /** Where the value of the field at a path, such as `data.columns.user`, came from. */
  findOrigin(path: string): FieldOrigin;
}

/**
 * The experiment that flags and the configuration file describe. A flag goes before the field that it sets; `--data` takes
 * the place of all that the file says of data. Throws `UsageError` where neither names data and for all that cannot be used.
 */
export async function resolveConfig(flags: ExperimentFlags): Promise<ResolvedConfig> {
  const found = findConfigFile(flags.config);
  const file = found === undefined ? undefined : await readConfigFile(found);
  const data = await mergeData(flags, file);
  assertOrdered(data, flags, file);
  const { domain, model, temperature, concurrency, seed, candidates, trainUsers, reportUsers } = flags;
  const { preset, rounds, patterns, learner, observation } = flags;
  const { episodes, batchSize, bestFixedCalls, freeze, oracleAnswers, swaps, allowedLoss } = flags;
  const { plus: filePlus, ...input } = file?.input ?? {};
  const plus = mergePlus(flags, filePlus);
  const merged = {
    ...input,
    data,
    ...pickDefined({ domain, model, temperature, concurrency, seed, candidates, trainUsers, reportUsers }),
    ...pickDefined({ preset, rounds, patterns, learner, observation }),
    ...pickDefined({ episodes, batchSize, bestFixedCalls, freeze, oracleAnswers, swaps, allowedLoss, plus }),
  };
  // The file was found right by itself: what is wrong now came with a flag.
  const config = parseExperimentConfig(merged, (path) => findFlag(path.replace(/\.\d+$/, '')) ?? path);
  return { config, file: file?.path, findOrigin: createOriginFinder(config, flags, file) };
}

async function mergeData(flags: ExperimentFlags, file: ConfigFile | undefined): Promise<DataInput> {
  if (flags.data !== undefined) return resolveData(flags.data, flags.users, flags);
  if (file !== undefined) return overrideData(file.input.data, flags.users, flags, file.nameField);
  throw new UsageError(
    'Expected --data or a configuration file, received neither. Pass --data, such as --data synthetic:diverse, or run "rppkit init" to begin with a configuration file.',
  );
}

function mergePlus(flags: ExperimentFlags, filePlus: ExperimentConfigInput['plus']): object | undefined {
  const { plus, refineEvery, refineShare, refinePatterns } = flags;
  const refining = pickDefined({ every: refineEvery, share: refineShare, patterns: refinePatterns });
  const refines = plus ?? filePlus !== undefined;
  if (refines) return { ...filePlus, ...refining };
  if (Object.keys(refining).length === 0) return undefined;
  throw new UsageError('Expected --plus beside the flags that begin with --refine, received none. Add --plus.');
}

/** Refuses a table before it is read where nothing could order the rows of a user. */
function assertOrdered(data: DataInput, flags: ExperimentFlags, file: ConfigFile | undefined): void {
  if (data.kind !== 'files' || data.columns === undefined || data.order !== undefined) return;
  if (data.columns.time !== undefined || data.columns.position !== undefined) return;
  const received =
    flags.data !== undefined || file === undefined
      ? 'neither --time-column nor --position-column nor --order column'
      : `neither columns.time nor columns.position nor order in the data of ${file.path}`;
  throw new UsageError(
    `Expected to know what orders the rows of a user, received ${received}. Name the column with times, or declare that the rows stand in order.`,
  );
}

function createOriginFinder(
  config: ExperimentConfig,
  flags: ExperimentFlags,
  file: ConfigFile | undefined,
): (path: string) => FieldOrigin {
  return (path) => {
    const flag = findFlag(path);
    const value = flag === undefined ? undefined : flags[nameAttribute(flag)];
    if (value !== undefined) return { from: 'flag', flag: value === false ? flag!.replace('--', '--no-') : flag! };
    const input = path.startsWith('data.') && flags.data !== undefined ? undefined : file?.input;
    if (hasPath(input, path)) return { from: 'file' };
    return { from: isOfPreset(config, path) ? 'preset' : 'default' };
  };
}

/** What commander calls the value of a flag: `--no-quotes` sets `quotes`, too. */
function nameAttribute(flag: string): keyof ExperimentFlags {
  return flag.slice(2).replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()) as keyof ExperimentFlags;
}

function hasPath(value: unknown, path: string): boolean {
  const [first, ...rest] = path.split('.');
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, first!)) return false;
  return rest.length === 0 || hasPath((value as Readonly<Record<string, unknown>>)[first!], rest.join('.'));
}
