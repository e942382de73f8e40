import type { Item } from '@rppkit/spec';
import { DatasetError } from '../dataset-error.ts';
import type { DataFile } from '../files/data-file.ts';
import { type ReadOptions, refuseLine } from '../files/read-options.ts';
import { cleanTitle, type TitleOptions } from '../titles/clean-title.ts';
import type { AmazonLayout } from './amazon-layout.ts';
import { parseIdValue } from './field-values.ts';
import { readJsonRecords } from './json-records.ts';
import { describeField, type GetField, type RecordSource, type TakeRecord } from './record-source.ts';

/**
 * The items of a meta file by id, in file order; only those that `isWanted` accepts are kept. Meta files list some items
 * several times: the first one counts. An item without a title, or with one that is a piece of a page's script, has its id
 * as title. Throws `DatasetError` with file and line for a line that holds no object, and for a field of another kind than
 * expected.
 */
export async function readAmazonMeta(
  file: DataFile,
  layout: AmazonLayout,
  isWanted: (id: string) => boolean,
  options: ReadOptions & TitleOptions,
): Promise<Map<string, Item>> {
  const source: RecordSource = { file: file.name, unit: 'line' };
  const items = new Map<string, Item>();
  const takeRecord: TakeRecord = (line, getField) => {
    try {
      const id = parseIdValue(getField(layout.columns.item));
      if (id === undefined) {
        throw describeField(source, line, layout.columns.item, 'an id', getField(layout.columns.item));
      }
      if (isWanted(id) && !items.has(id)) items.set(id, readItem(id, layout, source, line, getField, options));
    } catch (error) {
      if (!DatasetError.isInstance(error)) throw error;
      refuseLine(error, options);
    }
  };
  await readJsonRecords(file, options, takeRecord, layout.parse);
  return items;
}

function readItem(
  id: string,
  layout: AmazonLayout,
  source: RecordSource,
  line: number,
  getField: GetField,
  options: TitleOptions,
): Item {
  const texts = readTexts('title', source, line, getField);
  const title = texts.length === 0 || isScript(texts[0]!) ? '' : cleanTitle(removeTags(texts[0]!), options);
  const attributes: Record<string, string | readonly string[]> = {};
  for (const [name, field] of Object.entries(layout.attributes)) {
    const values = readTexts(field, source, line, getField)
      .map((text) => cleanTitle(removeTags(text), { ...options, moveArticles: false }))
      .filter((text) => text !== '');
    if (values.length === 0) continue;
    attributes[name] = name === 'categories' ? [...new Set(values)] : values.join(', ');
  }
  return { id, title: title === '' ? id : title, attributes };
}

/** The texts of a field: one, a list, or a list of lists, as the categories of 2014 are; none where it is absent or null. */
function readTexts(field: string, source: RecordSource, line: number, getField: GetField): string[] {
  const value = getField(field);
  if (value === undefined || value === null) return [];
  const texts: unknown[] = Array.isArray(value) ? value.flat() : [value];
  if (texts.every((text) => typeof text === 'string')) return texts;
  throw describeField(source, line, field, 'a text or a list of texts', value);
}

// The mark by which the authors of the 2018 release tell such titles.
function isScript(title: string): boolean {
  return title.includes('getTime');
}

function removeTags(text: string): string {
  return text.replace(/<\/?[a-z][^<>]*>/gi, ' ');
}
