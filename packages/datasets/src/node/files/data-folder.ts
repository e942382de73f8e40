import { describeValue } from '@rppkit/spec';
import { DatasetError } from '../../dataset-error.ts';
import type { DataFile } from '../../files/data-file.ts';

/** Files of a data set, in a folder or in an archive. */
export interface DataFolder {
  /** Folder or archive as the caller named it. */
  readonly name: string;
  /** Relative paths with `/`, sorted; `.gz` is part of a name. */
  readonly files: readonly string[];
  /**
   * The only file of this name, with or without `.gz`, in whatever subfolder; `name` may also be the end of a path,
   * such as `ml-100k/u.data`. `undefined` where there is none. Throws `DatasetError` where there are several.
   */
  find(name: string): string | undefined;
  /** One of `files`, inflated where it is gzip. Throws `DatasetError` where there is no such file. */
  open(file: string): DataFile;
  /** Closes an archive. Files opened before can then no longer be read. */
  close(): Promise<void>;
}

/** A folder over `files`, in any order. `open` is only called with one of them. */
export function createDataFolder({
  name,
  files,
  open,
  close,
}: Pick<DataFolder, 'name' | 'files' | 'open' | 'close'>): DataFolder {
  const sorted = [...files].sort();
  return {
    name,
    files: sorted,
    find: (wanted) => findFile(name, sorted, wanted),
    open: (file) => {
      if (!sorted.includes(file)) {
        throw new DatasetError(name, `a file ${describeValue(file)}`, listFiles(sorted));
      }
      return open(file);
    },
    close,
  };
}

function findFile(folder: string, files: readonly string[], wanted: string): string | undefined {
  const found = files.filter((file) => {
    const plain = file.replace(/\.gz$/, '');
    return [file, plain].some((path) => path === wanted || path.endsWith(`/${wanted}`));
  });
  if (found.length > 1) {
    throw new DatasetError(folder, `one file ${describeValue(wanted)}`, found.join(' and '), {
      advice: 'Name the subfolder too, or open that folder.',
    });
  }
  return found[0];
}

function listFiles(files: readonly string[]): string {
  const shown = files.slice(0, 10).join(', ');
  return files.length > 10 ? `${shown} and ${files.length - 10} more` : shown || 'an empty folder';
}
