import type { InteractionColumns } from './interaction-table.ts';
import type { TimeFormat } from './interaction-time.ts';
import { parsePythonLiteral } from './python-literal.ts';

/** Year of a release of the Amazon reviews by McAuley's group. */
export type AmazonGeneration = '2014' | '2018' | '2023';

/** How the files of a generation are written. */
export interface AmazonLayout {
  /** Fields of a review; columns of a ratings file have the same names. */
  readonly columns: InteractionColumns;
  readonly timeFormat: TimeFormat;
  /** Columns of a ratings file, which has no header; undefined: it has one. */
  readonly ratingsHeader: readonly string[] | undefined;
  /** Attribute of an item → field of a meta record. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Turns a line of reviews or meta into an object. */
  readonly parse: (line: string) => unknown;
}

const olderColumns: InteractionColumns = {
  user: 'reviewerID',
  item: 'asin',
  value: 'overall',
  time: 'unixReviewTime',
};

export const amazonLayouts: Readonly<Record<AmazonGeneration, AmazonLayout>> = {
  '2014': {
    columns: olderColumns,
    timeFormat: 'seconds',
    ratingsHeader: ['reviewerID', 'asin', 'overall', 'unixReviewTime'],
    attributes: { categories: 'categories', brand: 'brand' },
    parse: parseLoose,
  },
  '2018': {
    columns: olderColumns,
    timeFormat: 'seconds',
    ratingsHeader: ['asin', 'reviewerID', 'overall', 'unixReviewTime'],
    attributes: { categories: 'category', brand: 'brand' },
    parse: JSON.parse,
  },
  '2023': {
    columns: { user: 'user_id', item: 'parent_asin', value: 'rating', time: 'timestamp' },
    timeFormat: 'milliseconds',
    ratingsHeader: undefined,
    attributes: { category: 'main_category', categories: 'categories', store: 'store' },
    parse: JSON.parse,
  },
};

/** Meta files of 2014 were written by Python's `repr`, 5-core reviews as JSON. */
function parseLoose(line: string): unknown {
  return /^\s*\{\s*'/.test(line) ? parsePythonLiteral(line) : JSON.parse(line);
}
