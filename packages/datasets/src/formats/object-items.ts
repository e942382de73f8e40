import type { Item } from '@rppkit/spec';
import { DatasetError } from '../dataset-error.ts';
import { type ReadOptions, refuseLine } from '../files/read-options.ts';
import { cleanTitle, type TitleOptions } from '../titles/clean-title.ts';
import { parseAttributeValue, parseIdValue } from './field-values.ts';
import type { ItemColumns } from './item-table.ts';
import { describeField, describeRecord, type GetField, type RecordSource } from './record-source.ts';

export interface ObjectItemsOptions extends ReadOptions, TitleOptions {
  readonly columns: ItemColumns;
}

/** Collects items from records whose fields are values of JavaScript, such as those of JSON and Parquet. */
export class ObjectItems {
  readonly #source: RecordSource;
  readonly #options: ObjectItemsOptions;
  readonly #items: Item[] = [];
  readonly #firstNumbers = new Map<string, number>();

  constructor(source: RecordSource, options: ObjectItemsOptions) {
    this.#source = source;
    this.#options = options;
  }

  /** Appends record `number`, or refuses it where a field is not as expected or its id occurred before. */
  collect(number: number, getField: GetField): void {
    try {
      const item = this.#readItem(number, getField);
      this.#items.push(item);
      this.#firstNumbers.set(item.id, number);
    } catch (error) {
      if (!DatasetError.isInstance(error)) throw error;
      refuseLine(error, this.#options);
    }
  }

  /** The items in file order. Throws `DatasetError` where there are none. */
  takeItems(): Item[] {
    if (this.#items.length === 0) throw new DatasetError(this.#source.file, 'at least one item', 'none');
    return this.#items;
  }

  #readItem(number: number, getField: GetField): Item {
    const { item: idColumn, title: titleColumn, ...attributeColumns } = this.#options.columns;
    const id = parseIdValue(getField(idColumn));
    if (id === undefined) {
      throw describeField(this.#source, number, idColumn, 'an id (text or whole number)', getField(idColumn));
    }
    const first = this.#firstNumbers.get(id);
    if (first !== undefined) {
      const received = `item ${id} again (first in ${this.#source.unit} ${first})`;
      throw describeRecord(this.#source, number, `one ${this.#source.unit} for each item`, received);
    }
    const text = getField(titleColumn);
    const title = typeof text === 'string' ? cleanTitle(text, this.#options) : '';
    if (title === '') throw describeField(this.#source, number, titleColumn, 'a title', text);
    const attributes: Record<string, string | readonly string[]> = {};
    for (const [name, column] of Object.entries(attributeColumns)) {
      const value = parseAttributeValue(getField(column));
      if (value === undefined) {
        throw describeField(this.#source, number, column, 'a text, a number or a list of them', getField(column));
      }
      if (value.length > 0) attributes[name] = value;
    }
    return { id, title, ...(Object.keys(attributeColumns).length > 0 && { attributes }) };
  }
}
