import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { makeRelative } from '../commands/options.ts';
import {
  type ExperimentConfigInput,
  type FilesConfig,
  parseExperimentConfig,
} from '../experiment/experiment-config.ts';
import { UsageError } from '../usage-error.ts';

/** A configuration file that was read and found right. */
export interface ConfigFile {
  readonly path: string;
  /** As written, without defaults; paths in it are relative to the working folder, as those of a run's own `config.json` are. */
  readonly input: ExperimentConfigInput;
  /** Names a field of it in errors. */
  nameField(path: string): string;
}

/** Reads a configuration file. Throws `UsageError` with the file and the first field that is wrong. */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  const value = path.endsWith('.json') ? readJson(path) : await importModule(path);
  if (!isPlainObject(value)) {
    throw new UsageError(
      `Expected ${path} to ${path.endsWith('.json') ? 'hold' : 'export'} an object, received ${describeKind(value)}. Write the configuration itself.`,
    );
  }
  const { $schema: _, ...fields } = dropUndefined(value);
  const nameField = (field: string): string => `${field} in ${path}`;
  parseExperimentConfig(fields, nameField);
  const input = fields as unknown as ExperimentConfigInput;
  return { path, input: isOfRun(path) ? input : rebasePaths(input, dirname(path)), nameField };
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = (error as Error).message.replaceAll(/\s+/g, ' ');
    throw new UsageError(`Expected ${path} to be JSON, received: ${reason}. Correct it.`, { cause: error });
  }
}

async function importModule(path: string): Promise<unknown> {
  const { importConfigModule } = await import('./import-config-module.ts');
  return importConfigModule(path);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function describeKind(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  return JSON.stringify(value) ?? typeof value;
}

/** In JavaScript a field set to undefined is one that was left out. */
function dropUndefined(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(
    entries.map(([name, field]) => [name, isPlainObject(field) ? dropUndefined(field) : field]),
  );
}

/** A run keeps paths as they were given, relative to the folder where the command was typed. */
function isOfRun(path: string): boolean {
  return basename(path) === 'config.json' && existsSync(join(dirname(path), 'manifest.json'));
}

function rebasePaths(input: ExperimentConfigInput, folder: string): ExperimentConfigInput {
  const { data } = input;
  if (data.kind === 'synthetic') return input;
  const rebase = (path: string): string => makeRelative(resolve(folder, path));
  const files: FilesConfig = { ...data, path: rebase(data.path) };
  return {
    ...input,
    data: data.items === undefined ? files : { ...files, items: { ...data.items, path: rebase(data.items.path) } },
  };
}
