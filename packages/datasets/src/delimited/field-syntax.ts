import { describeValue } from '@rppkit/spec';

/** How fields are told apart. */
export interface FieldSyntax {
  /** ASCII text between two fields, one or more characters. */
  readonly delimiter: string;
  /** True: a field may stand in quotes, which may hold delimiters, line ends and doubled quotes (RFC 4180). */
  readonly quotes: boolean;
  /** Fields of every record; undefined: as many as the first record has. */
  readonly columns?: number;
}

/** The delimiter in words, for errors. */
export function describeDelimiter({ delimiter }: FieldSyntax): string {
  return delimiter === '\t' ? 'tabs' : describeValue(delimiter);
}
