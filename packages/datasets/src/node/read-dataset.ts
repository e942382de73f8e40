import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { assertOneOf } from '../assert-one-of.ts';
import type { Dataset } from '../dataset.ts';
import { DatasetError } from '../dataset-error.ts';
import { createDataFolder, type DataFolder } from './files/data-folder.ts';
import { describeFileFault } from './files/describe-file-fault.ts';
import { openDataFile } from './files/open-data-file.ts';
import { openDataFolder } from './files/open-data-folder.ts';
import {
  assertOptionsFit,
  type DatasetFormat,
  datasetFormats,
  type ReadDatasetOptions,
} from './formats/dataset-format.ts';
import { type KnownLayout, knownLayouts, type LayoutFiles } from './formats/known-layouts.ts';
import { readTabularDataset, recogniseTable, type TabularFormat } from './formats/tabular-formats.ts';

/** A data set on disk whose format and files are known, but not read yet. */
export interface LocatedDataset {
  readonly format: DatasetFormat;
  /** Paths of all files (or of the archive) that `read` reads, the main one first. */
  readonly paths: readonly string[];
  read(): Promise<Dataset>;
}

/**
 * A data set from a folder, a zip archive or a single file, gzipped or not. Known releases are recognised by the names of
 * their files (also in a subfolder); of a single `.inter` file, the `.item` and `.user` files beside it are read, too.
 * Throws `DatasetError` where there is nothing, where no format fits or several do, and as the reader of the format does,
 * `InvalidArgumentError` for an option that the format does not heed.
 */
export async function readDataset(path: string, options: ReadDatasetOptions = {}): Promise<Dataset> {
  return (await locateDataset(path, options)).read();
}

/** Finds format and files of a data set without reading them. Throws as `readDataset` does, but for the files' contents. */
export async function locateDataset(path: string, options: ReadDatasetOptions = {}): Promise<LocatedDataset> {
  if (options.format !== undefined) assertOneOf('format', options.format, datasetFormats);
  const folder = await openDataFolder(path);
  try {
    const isFile = folder.files.length === 1 && !(await isFolder(path));
    const table = isFile ? getTable(path, folder, options.format) : undefined;
    if (table !== undefined) return locateTable(path, folder.files[0]!, table, options);
    const surroundings = isFile && basename(path) === folder.files[0] ? await openSurroundings(path) : folder;
    const { layout, files } = findLayout(surroundings, path, isFile ? folder.files[0] : undefined, options.format);
    assertOptionsFit(layout.format, options);
    // Of an archive the whole file counts, of a folder those that are read.
    const onDisk =
      surroundings === folder && !(await isFolder(path))
        ? [path]
        : Object.values(files).map((file) => join(surroundings.name, file));
    return { format: layout.format, paths: onDisk, read: () => readLayout(surroundings, path, layout, files, options) };
  } finally {
    await folder.close();
  }
}

function getTable(path: string, folder: DataFolder, format: DatasetFormat | undefined): TabularFormat | undefined {
  if (format === undefined) return recogniseTable(folder.files[0]!) ?? recogniseTable(path);
  return format === 'csv' || format === 'json-lines' || format === 'parquet' ? format : undefined;
}

function locateTable(path: string, file: string, format: TabularFormat, options: ReadDatasetOptions): LocatedDataset {
  assertOptionsFit(format, options);
  const paths = options.items === undefined ? [path] : [path, options.items.path];
  return { format, paths, read: () => readTabularDataset(path, file, format, options) };
}

/** The folder around a file, without other candidates for the file itself and without subfolders. */
async function openSurroundings(path: string): Promise<DataFolder> {
  const parent = dirname(path);
  const own = basename(path);
  const kind = getKind(own);
  const beside = await readdir(parent, { withFileTypes: true }).catch((cause) => {
    const expected = 'a folder whose files can be listed, to find those that belong together';
    throw new DatasetError(parent, expected, describeFileFault(cause), { advice: 'Check its permissions.', cause });
  });
  const files = beside.filter((entry) => !entry.isDirectory() && (entry.name === own || getKind(entry.name) !== kind));
  return createDataFolder({
    name: parent,
    files: files.map(({ name }) => name),
    open: (file) => ({
      name: join(parent, file),
      async *chunks() {
        yield* (await openDataFile(join(parent, file))).chunks();
      },
    }),
    close: async () => {},
  });
}

/** Reviews and meta of Amazon share their extension. */
function getKind(name: string): string {
  return name.startsWith('meta_')
    ? 'meta'
    : (/\.([a-z]+)(?:\.gz)?$/i.exec(name)?.[1] ?? '').toLowerCase().replace('jsonl', 'json');
}

interface FoundLayout {
  readonly layout: KnownLayout;
  readonly files: LayoutFiles;
}

/** `own` is the only file that was named; a layout must hold it. */
function findLayout(
  folder: DataFolder,
  path: string,
  own: string | undefined,
  format: DatasetFormat | undefined,
): FoundLayout {
  const wanted = knownLayouts.filter((layout) =>
    format === undefined ? layout.recognisable : layout.format === format,
  );
  const found: FoundLayout[] = [];
  for (const layout of wanted) {
    const files = layout.find(folder);
    if (files === undefined || (own !== undefined && !Object.values(files).includes(own))) continue;
    if (!found.some((other) => isPart(files, other.files))) found.push({ layout, files });
  }
  if (found.length > 1) {
    const received = found.map(({ layout, files }) => `${Object.values(files)[0]} (${layout.format})`).join(' and ');
    throw new DatasetError(path, 'one data set', received, { advice: 'Pass the path of one of them, or the format.' });
  }
  if (found[0] !== undefined) return found[0];
  throw describeUnknown(folder, path, wanted, own !== undefined, format);
}

/** The files of MovieLens 1M hold those of 10M. */
function isPart(files: LayoutFiles, others: LayoutFiles): boolean {
  return Object.values(files).every((file) => Object.values(others).includes(file));
}

function describeUnknown(
  folder: DataFolder,
  path: string,
  wanted: readonly KnownLayout[],
  isFile: boolean,
  format: DatasetFormat | undefined,
): DatasetError {
  const shown = folder.files.slice(0, 8).join(', ') || 'no files';
  const received = folder.files.length > 8 ? `${shown} and ${folder.files.length - 8} more` : shown;
  if (wanted.length === 0) {
    const advice = 'Pass the path of the file with interactions; of an archive of several files, unpack it first.';
    return new DatasetError(path, `a single file for the format ${format}`, received, { advice });
  }
  const expected = wanted.map((layout) => `${layout.expected} (${layout.format})`).join(', or ');
  if (format === undefined) {
    return new DatasetError(path, expected, received, { advice: `Pass the format: ${datasetFormats.join(', ')}.` });
  }
  const advice = isFile ? 'Pass the folder that holds them, or another format.' : 'Check the path and the format.';
  return new DatasetError(path, expected, received, { advice });
}

async function readLayout(
  found: DataFolder,
  path: string,
  layout: KnownLayout,
  files: LayoutFiles,
  options: ReadDatasetOptions,
): Promise<Dataset> {
  // An archive was closed after it was looked at.
  const folder = found.name === path ? await openDataFolder(path) : found;
  try {
    const opened = Object.fromEntries(Object.entries(files).map(([role, file]) => [role, folder.open(file)]));
    return await layout.read(opened, options);
  } catch (error) {
    const guessed = options.format === undefined && layout.format !== 'recbole';
    throw guessed && DatasetError.isInstance(error) && error.line === 1 ? describeGuess(error, layout) : error;
  } finally {
    await folder.close();
  }
}

/** A fault in the first line may mean that the files only have the names of a known release. */
function describeGuess(error: DatasetError, { format }: KnownLayout): DatasetError {
  const advice = `It was taken for ${format} by the names of the files; pass the path of the file and its format if it is something else.`;
  return new DatasetError(error.file, error.expected, error.received, { line: 1, advice, cause: error });
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path)).isDirectory();
}
