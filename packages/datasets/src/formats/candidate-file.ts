import { describeValue, InvalidArgumentError } from '@rppkit/spec';
import { DatasetError } from '../dataset-error.ts';
import type { DataFile } from '../files/data-file.ts';
import { readLines } from '../files/read-lines.ts';
import { type ReadOptions, refuseLine } from '../files/read-options.ts';

export interface CandidateFileOptions extends ReadOptions {
  /** Ids of all known users; a line of another one is an error. Default: any user. */
  readonly users?: Iterable<string>;
  /** Ids of all known items; a line with another one is an error. Default: any item. */
  readonly items?: Iterable<string>;
}

/**
 * A candidate file as RPP and LLMRank write them: UTF-8 without header, one line a user, `user TAB item item …`. Gives item
 * ids by user, both in file order; an item that a line names several times stays so often. Throws `DatasetError` with file
 * and line for a line without tab, user or items, a user with two lines, an unknown user or item, and an empty file.
 */
export async function readCandidateFile(
  file: DataFile,
  { users, items, ...options }: CandidateFileOptions = {},
): Promise<Map<string, readonly string[]>> {
  const knownUsers = users === undefined ? undefined : new Set(users);
  const knownItems = items === undefined ? undefined : new Set(items);
  const candidates = new Map<string, readonly string[]>();
  const firstLines = new Map<string, number>();
  for await (const { text, line } of readLines(file, options)) {
    const [user, list = '', ...more] = text.split('\t');
    const ids = list.split(' ').filter((id) => id !== '');
    const unknown = knownItems === undefined ? undefined : ids.find((id) => !knownItems.has(id));
    let fault: readonly [expected: string, received: string] | undefined;
    if (user === '' || ids.length === 0 || more.length > 0) {
      fault = ['a user, a tab and items with blanks between them', describeValue(text)];
    } else if (firstLines.has(user!)) {
      fault = ['one line for each user', `user ${describeValue(user)} again (first in line ${firstLines.get(user!)})`];
    } else if (knownUsers?.has(user!) === false) {
      fault = ['a known user', describeValue(user)];
    } else if (unknown !== undefined) {
      fault = ['known items', `${describeValue(unknown)} for user ${describeValue(user)}`];
    }
    if (fault !== undefined) {
      refuseLine(new DatasetError(file.name, ...fault, { line }), options);
      continue;
    }
    candidates.set(user!, ids);
    firstLines.set(user!, line);
  }
  if (candidates.size === 0) throw new DatasetError(file.name, 'at least one user with candidates', 'none');
  return candidates;
}

// What the format has no way to write, and what readers of UTF-8 drop or refuse.
const unwritableUser = /[\0\t\r\n\ufeff\p{Surrogate}]/u;
const unwritableItem = /[\0\t\r\n \ufeff\p{Surrogate}]/u;

/**
 * The lines of a candidate file, each with its line end; `readCandidateFile` reads them back to the same map. Throws
 * `InvalidArgumentError` for a user without items and for an empty id or one that holds a tab, a line break or, of an item,
 * a blank.
 */
export function* renderCandidateFile(candidates: ReadonlyMap<string, readonly string[]>): Generator<string> {
  for (const [user, items] of candidates) {
    if (user === '' || unwritableUser.test(user)) {
      throw new InvalidArgumentError('candidates', 'users whose ids hold no tab and no line break', user);
    }
    if (items.length === 0) throw new InvalidArgumentError('candidates', 'at least one item for each user', items);
    for (const item of items) {
      if (item !== '' && !unwritableItem.test(item)) continue;
      throw new InvalidArgumentError('candidates', 'items whose ids hold no blank, tab or line break', item);
    }
    yield `${user}\t${items.join(' ')}\n`;
  }
}
