import { describeValue, InvalidArgumentError } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';

export interface RenderAtomicOptions {
  /**
   * Values of lists, such as genres, are separated by blanks, so that none may hold one: `error` (default) refuses such a
   * value, `underscore` writes `_` in place of its blanks.
   */
  readonly listBlanks?: 'error' | 'underscore';
}

type Attributes = Readonly<Record<string, string | readonly string[]>>;

const linesInChunk = 4096;

/**
 * The `.inter` file of a data set in chunks of text, one row an interaction in the order of the log. Read with
 * `readAtomicDataset` and the order of the data set it gives the same log, if the `.item` file goes with it, but for times
 * under order `none`, which are not read. Throws `InvalidArgumentError` for an id that holds a tab or a line break or has
 * blanks around it.
 */
export function* renderAtomicInteractions({ log }: Dataset): Generator<string> {
  const { user, item, value, position, time } = log;
  const users = log.users.map((id) => assertField('user id', id));
  const items = log.items.map(({ id }) => assertField('item id', id));
  const columns = [
    ...(value === undefined ? [] : [{ label: 'rating:float', values: value }]),
    ...(position === undefined ? [] : [{ label: 'position:float', values: position }]),
    ...(time === undefined ? [] : [{ label: 'timestamp:float', values: time }]),
  ];
  let chunk = `${['user_id:token', 'item_id:token', ...columns.map(({ label }) => label)].join('\t')}\n`;
  for (let row = 0; row < user.length; row++) {
    chunk += `${users[user[row]!]}\t${items[item[row]!]}`;
    for (const { values } of columns) chunk += `\t${values[row]}`;
    chunk += '\n';
    if (row % linesInChunk !== linesInChunk - 1) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

/**
 * The `.item` file of a data set in chunks of text: id, title, and each attribute that any item has. Titles are written as
 * they are; read with `moveArticles: false` and `decodeEntities: false`, those that `cleanTitle` made are the same again.
 * Throws `InvalidArgumentError` for a field that holds a tab or a line break, an attribute that is called like the id or the
 * title, and blanks in lists (see the option).
 */
export function* renderAtomicItems({ log }: Dataset, options: RenderAtomicOptions = {}): Generator<string> {
  const rows = log.items.map(({ id, title, attributes = {} }) => ({ id, fields: [title], attributes }));
  yield* renderFeatures('item_id', ['title:token_seq'], rows, options);
}

/** The `.user` file of a data set in chunks of text; users without attributes have empty fields. */
export function* renderAtomicUsers(dataset: Dataset, options: RenderAtomicOptions = {}): Generator<string> {
  const rows = dataset.log.users.map((id) => ({ id, fields: [], attributes: dataset.userAttributes?.get(id) ?? {} }));
  yield* renderFeatures('user_id', [], rows, options);
}

function* renderFeatures(
  idName: string,
  labels: readonly string[],
  rows: readonly { readonly id: string; readonly fields: readonly string[]; readonly attributes: Attributes }[],
  { listBlanks = 'error' }: RenderAtomicOptions,
): Generator<string> {
  const types = new Map<string, 'token' | 'token_seq'>();
  for (const { attributes } of rows) {
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value !== 'string') types.set(name, 'token_seq');
      else if (!types.has(name)) types.set(name, 'token');
    }
  }
  const reserved = [idName, ...labels.map((label) => label.replace(/:.*/, ''))];
  const attributeLabels = [...types].map(([name, type]) => `${assertName(name, reserved)}:${type}`);
  let chunk = `${[`${idName}:token`, ...labels, ...attributeLabels].join('\t')}\n`;
  for (const [row, { id, fields, attributes }] of rows.entries()) {
    const values = [...types].map(([name, type]) => {
      const value = attributes[name] ?? '';
      const list = typeof value === 'string' ? [value] : value;
      if (type === 'token') return assertField(name, list[0]!);
      return list.map((part) => renderListValue(name, part, listBlanks)).join(' ');
    });
    const texts = fields.map((text) => assertField('title', text));
    chunk += `${[assertField(idName, id), ...texts, ...values].join('\t')}\n`;
    if (row % linesInChunk !== linesInChunk - 1) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

function renderListValue(name: string, value: string, listBlanks: 'error' | 'underscore'): string {
  const text = assertField(name, value);
  if (!text.includes(' ')) return text;
  if (listBlanks === 'underscore') return text.replaceAll(' ', '_');
  throw new InvalidArgumentError(
    `a value of the list ${describeValue(name)}`,
    'without blanks, which separate values',
    value,
    "Pass listBlanks: 'underscore'.",
  );
}

function assertField(what: string, text: string): string {
  if (/[\t\n\r\0\p{Surrogate}]|^ | $/u.test(text)) {
    throw new InvalidArgumentError(what, 'without tabs, line breaks and blanks around it', text, 'Clean it first.');
  }
  return text;
}

function assertName(name: string, reserved: readonly string[]): string {
  if (/^[^\s:]+$/.test(name) && !reserved.includes(name)) return name;
  const expected = `without blanks and colons, and other than ${reserved.join(' and ')}`;
  throw new InvalidArgumentError('an attribute name', expected, name, 'Rename the attribute.');
}
