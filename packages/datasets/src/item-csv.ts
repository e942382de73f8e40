import type { Item } from '@rppkit/spec';
import { cleanTitle } from './clean-title.ts';
import { type CsvOptions, parseCsvTable, requireField } from './csv-table.ts';
import { DatasetError } from './dataset-error.ts';

/** Names of the columns that hold items. Every key beside `item` and `title` becomes an attribute of that name. */
export interface ItemColumns extends Readonly<Record<string, string>> {
  readonly item: string;
  readonly title: string;
}

export interface ItemCsvOptions extends CsvOptions {
  readonly columns: ItemColumns;
}

/**
 * Items from CSV text with a header, one row an item; columns that are not named are ignored. An attribute whose column
 * holds `|` in any row is a list in every row; an empty attribute is left out. Throws `DatasetError` with file and line
 * for an empty file, a missing column, an empty id or title, an id that occurs twice, a wrong column count and broken quotes.
 */
export function parseItemCsv(text: string, options: ItemCsvOptions): Item[] {
  const { columns, fileName } = options;
  const records = parseCsvTable(text, columns, options);
  const attributeNames = Object.keys(columns).filter((name) => name !== 'item' && name !== 'title');
  const lists = new Set(attributeNames.filter((name) => records.some(({ fields }) => fields[name]!.includes('|'))));
  const firstLines = new Map<string, number>();
  return records.map(({ line, fields }) => {
    const id = requireField(fields.item!, columns.item, fileName, line);
    const title = requireField(cleanTitle(fields.title!), columns.title, fileName, line);
    const firstLine = firstLines.get(id);
    if (firstLine !== undefined) {
      throw new DatasetError(fileName, 'one row for each item', `item ${id} again (first in line ${firstLine})`, {
        line,
      });
    }
    firstLines.set(id, line);
    const attributes: Record<string, string | string[]> = {};
    for (const name of attributeNames) {
      const value = fields[name]!.trim();
      if (value === '') continue;
      attributes[name] = lists.has(name) ? splitValues(value) : value;
    }
    return attributeNames.length === 0 ? { id, title } : { id, title, attributes };
  });
}

function splitValues(value: string): string[] {
  return value
    .split('|')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
