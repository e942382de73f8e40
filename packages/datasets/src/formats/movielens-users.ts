import { describeValue } from '@rppkit/spec';
import { DatasetError } from '../dataset-error.ts';
import { readRecords } from '../delimited/read-records.ts';
import { decodeField } from '../delimited/record-batch.ts';
import type { DataFile } from '../files/data-file.ts';
import { type ReadOptions, refuseLine } from '../files/read-options.ts';

/** How a file of users is written: their ids, then these attributes. */
export interface MovielensUserSyntax {
  readonly delimiter: string;
  readonly attributes: readonly string[];
}

/** Attributes of users by id. Throws `DatasetError` with file and line for an empty id and a user who is listed twice. */
export async function readMovielensUsers(
  file: DataFile,
  { delimiter, attributes }: MovielensUserSyntax,
  options: ReadOptions,
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const users = new Map<string, Readonly<Record<string, string>>>();
  const syntax = { delimiter, quotes: false, columns: attributes.length + 1 };
  for await (const batch of readRecords(file, syntax, options)) {
    for (let record = 0; record < batch.records; record++) {
      const id = decodeField(batch, record, 0);
      if (id === '' || users.has(id)) {
        const received = id === '' ? 'an empty id' : `user ${describeValue(id)} again`;
        const line = batch.lines[record]!;
        refuseLine(new DatasetError(file.name, 'one line for each user', received, { line }), options);
        continue;
      }
      users.set(id, Object.fromEntries(attributes.map((name, index) => [name, decodeField(batch, record, index + 1)])));
    }
  }
  return users;
}
