import { describeValue, type Item } from '@rppkit/spec';
import { DatasetError } from '../dataset-error.ts';
import { readRecords } from '../delimited/read-records.ts';
import { decodeField, type RecordBatch } from '../delimited/record-batch.ts';
import type { DataFile } from '../files/data-file.ts';
import { type ReadOptions, refuseLine } from '../files/read-options.ts';
import { cleanTitle, type TitleOptions } from '../titles/clean-title.ts';
import { type AtomicColumn, type AtomicColumns, atomicSyntax, readAtomicHeader } from './atomic-header.ts';
import { listNames } from './column-positions.ts';

type Attributes = Readonly<Record<string, string | readonly string[]>>;

/** Columns that hold titles where none is named, in this order. */
const usualTitles: readonly string[] = ['title', 'movie_title', 'item_name', 'name'];

export interface AtomicItemOptions extends ReadOptions, TitleOptions {
  /** Name of the id column as `item`, without type; default `item_id`. */
  readonly columns?: AtomicColumns;
  /** Column with the titles; default the first present of title, movie_title, item_name and name. */
  readonly titleColumn?: string;
}

/**
 * Items of an atomic `.item` file. All columns beside id and title become attributes; those of type `token_seq` and
 * `float_seq` are lists, an empty one is left out. Throws `DatasetError` with file and line for a missing id or title, an
 * id that occurs twice, and as `readRecords` does.
 */
export async function readAtomicItems(file: DataFile, options: AtomicItemOptions = {}): Promise<Item[]> {
  const header = await readAtomicHeader(file);
  const titleNames = options.titleColumn === undefined ? usualTitles : [options.titleColumn];
  const titleName = titleNames.find((name) => header.some((column) => column.name === name));
  if (titleName === undefined) {
    const names = listNames(header.map(({ name }) => name));
    throw new DatasetError(file.name, `a column named ${titleNames.join(' or ')}`, `columns ${names}`, {
      line: 1,
      advice: 'Pass the name of the column with titles.',
    });
  }
  const items: Item[] = [];
  for await (const { id, features, line } of readFeatures(file, header, options.columns?.item ?? 'item_id', options)) {
    const { [titleName]: rawTitle, ...attributes } = features;
    const title = cleanTitle(readText(rawTitle), options);
    if (title === '') {
      const error = new DatasetError(file.name, `a title in column ${describeValue(titleName)}`, '""', { line });
      refuseLine(error, options);
      continue;
    }
    items.push(Object.keys(attributes).length === 0 ? { id, title } : { id, title, attributes });
  }
  if (items.length === 0) throw new DatasetError(file.name, 'at least one item', 'none');
  return items;
}

export interface AtomicUserOptions extends ReadOptions {
  /** Name of the id column as `user`, without type; default `user_id`. */
  readonly columns?: AtomicColumns;
}

/** Attributes of users by id from an atomic `.user` file. Throws `DatasetError` as `readAtomicItems` does. */
export async function readAtomicUsers(
  file: DataFile,
  options: AtomicUserOptions = {},
): Promise<Map<string, Attributes>> {
  const users = new Map<string, Attributes>();
  const header = await readAtomicHeader(file);
  for await (const { id, features } of readFeatures(file, header, options.columns?.user ?? 'user_id', options))
    users.set(id, features);
  return users;
}

interface FeatureRow {
  readonly id: string;
  readonly features: Attributes;
  readonly line: number;
}

async function* readFeatures(
  file: DataFile,
  header: readonly AtomicColumn[],
  idName: string,
  options: ReadOptions,
): AsyncGenerator<FeatureRow> {
  const idColumn = header.findIndex(({ name }) => name === idName);
  if (idColumn === -1) {
    const names = listNames(header.map(({ name }) => name));
    throw new DatasetError(file.name, `a column named ${describeValue(idName)}`, `columns ${names}`, {
      line: 1,
      advice: 'Pass the name of an existing column.',
    });
  }
  const firstLines = new Map<string, number>();
  // The header was read before.
  let first = 1;
  for await (const batch of readRecords(file, atomicSyntax, options)) {
    for (let record = first; record < batch.records; record++) {
      const line = batch.lines[record]!;
      const id = decodeField(batch, record, idColumn);
      const firstLine = firstLines.get(id);
      if (id === '' || firstLine !== undefined) {
        const expected = id === '' ? `an id in column ${describeValue(idName)}` : 'one row for each id';
        const received = id === '' ? '""' : `${describeValue(id)} again (first in line ${firstLine})`;
        refuseLine(new DatasetError(file.name, expected, received, { line }), options);
        continue;
      }
      firstLines.set(id, line);
      yield { id, features: readRow(batch, record, header, idName), line };
    }
    first = 0;
  }
}

function readRow(batch: RecordBatch, record: number, header: readonly AtomicColumn[], idName: string): Attributes {
  const features: Record<string, string | string[]> = {};
  for (const [column, { name, type }] of header.entries()) {
    const text = decodeField(batch, record, column);
    if (name === idName || text === '') continue;
    features[name] = type.endsWith('_seq') ? text.split(/ +/) : text;
  }
  return features;
}

/** Titles are often declared as sequences of words. */
function readText(feature: string | readonly string[] | undefined): string {
  return typeof feature === 'object' ? feature.join(' ') : (feature ?? '');
}
