import { InvalidArgumentError } from '@rppkit/spec';
import type { ReadOptions } from '../files/read-options.ts';
import type { TextEncoding } from '../files/text-encoding.ts';
import type { TitleOptions } from '../titles/clean-title.ts';

/** How a file with one record a line is written. */
export interface CsvSyntax extends ReadOptions, TitleOptions {
  /** Text between fields, such as `,` (default), `;`, a tab or `::`. */
  readonly delimiter?: string;
  /** Fields may stand in quotes as in RFC 4180 (default), or quotes are plain text. */
  readonly quotes?: boolean;
  /** Names of the columns of a file without a header line. */
  readonly header?: readonly string[];
  /** Default `utf-8`. */
  readonly encoding?: TextEncoding;
}

/** The syntax with its defaults. Throws `InvalidArgumentError` for an empty header and an unusable delimiter. */
export function completeSyntax({ delimiter = ',', quotes = true, header, encoding = 'utf-8' }: CsvSyntax): {
  readonly delimiter: string;
  readonly quotes: boolean;
  readonly header: readonly string[] | undefined;
  readonly encoding: TextEncoding;
} {
  if (header?.length === 0) throw new InvalidArgumentError('header', 'at least one column name', header);
  // Printable ASCII or a tab.
  if (!/^[\t -~]+$/.test(delimiter) || (quotes && delimiter.includes('"'))) {
    throw new InvalidArgumentError('delimiter', 'ASCII characters, no quote and no line break', delimiter);
  }
  return { delimiter, quotes, header, encoding };
}
