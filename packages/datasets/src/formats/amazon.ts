import { InvalidArgumentError } from '@rppkit/spec';
import { assertOneOf } from '../assert-one-of.ts';
import type { Dataset, InteractionOrder } from '../dataset.ts';
import type { DataFile } from '../files/data-file.ts';
import type { ReadOptions } from '../files/read-options.ts';
import type { InteractionLog } from '../interaction-log.ts';
import type { TitleOptions } from '../titles/clean-title.ts';
import { type AmazonGeneration, type AmazonLayout, amazonLayouts } from './amazon-layout.ts';
import { readAmazonMeta } from './amazon-meta.ts';
import { completeInteractionOptions, readInteractionCsv } from './interaction-csv.ts';
import { readJsonRecords } from './json-records.ts';
import { ObjectInteractions } from './object-interactions.ts';
import type { RecordSource } from './record-source.ts';

/** Files of one category of the Amazon reviews: either reviews or ratings, and what is known of the items. */
export interface AmazonFiles {
  /** One review a line, such as `reviews_Video_Games_5.json` (2014), `Video_Games_5.json` (2018), `Video_Games.jsonl` (2023). */
  readonly reviews?: DataFile;
  /** Ratings alone as CSV, such as `ratings_Video_Games.csv` (2014) or `Video_Games.csv` (2018, 2023). */
  readonly ratings?: DataFile;
  /** One item a line, such as `meta_Video_Games.json`. Without it, ids are the titles. */
  readonly meta?: DataFile;
}

export interface AmazonOptions extends ReadOptions, TitleOptions {
  /** Year of the release: it decides on names of fields and units of time. */
  readonly generation: AmazonGeneration;
  /** Items of the data set: those with an interaction (default), or all that `meta` lists, which are far more. */
  readonly catalogue?: 'interacted' | 'all';
  /** Meaning of the order; default `timestamp`. */
  readonly order?: InteractionOrder;
  /** Name of the data set; default the file's name without folder and extensions. */
  readonly name?: string;
}

/**
 * Amazon reviews (2014: jmcauley.ucsd.edu/data/amazon; 2018: nijianmo.github.io/amazon; 2023: amazon-reviews-2023.github.io)
 * in time order, with the rating as value. Of 2023, items are parent products (`parent_asin`). Attributes: `categories` and
 * `brand`, of 2023 `category`, `categories` and `store`. HTML tags are taken out of titles; an item without a title, with a
 * piece of a script for one, or missing from `meta`, has its id as title. Throws `DatasetError` with file and line for an
 * empty file, a line that is no object, a missing id and a value that is no number or time, `InvalidArgumentError` for
 * options out of range and where not exactly one of `reviews` and `ratings` is given.
 */
export async function readAmazonReviews(
  { reviews, ratings, meta }: AmazonFiles,
  { generation, catalogue = 'interacted', ...options }: AmazonOptions,
): Promise<Dataset> {
  assertOneOf('generation', generation, ['2014', '2018', '2023']);
  assertOneOf('catalogue', catalogue, ['interacted', 'all']);
  const layout = amazonLayouts[generation];
  const dataset = await readInteractions(reviews, ratings, layout, options);
  if (meta === undefined) return dataset;
  return { ...dataset, log: await addMeta(dataset.log, meta, layout, catalogue, options) };
}

async function readInteractions(
  reviews: DataFile | undefined,
  ratings: DataFile | undefined,
  { columns, timeFormat, ratingsHeader, parse }: AmazonLayout,
  options: ReadOptions & Pick<AmazonOptions, 'name' | 'order'>,
): Promise<Dataset> {
  if (ratings !== undefined && reviews === undefined) {
    const header = ratingsHeader !== undefined && { header: ratingsHeader };
    return readInteractionCsv(ratings, { ...options, columns, timeFormat, ...header });
  }
  if (reviews === undefined || ratings !== undefined) {
    throw new InvalidArgumentError('files', 'either reviews or ratings', reviews === undefined ? 'neither' : 'both');
  }
  const { order, name, ...completed } = completeInteractionOptions(reviews, { ...options, columns, timeFormat });
  const source: RecordSource = { file: reviews.name, unit: 'line' };
  const interactions = new ObjectInteractions(source, { ...options, ...completed });
  await readJsonRecords(reviews, options, (line, getField) => interactions.collect(line, getField), parse);
  return { name, log: interactions.takeLog(), order };
}

async function addMeta(
  log: InteractionLog,
  meta: DataFile,
  layout: AmazonLayout,
  catalogue: 'interacted' | 'all',
  options: ReadOptions & TitleOptions,
): Promise<InteractionLog> {
  const interacted = new Set(log.items.map(({ id }) => id));
  const isWanted = (id: string): boolean => catalogue === 'all' || interacted.has(id);
  const known = await readAmazonMeta(meta, layout, isWanted, options);
  const items = log.items.map((item) => known.get(item.id) ?? item);
  for (const [id, item] of known) if (!interacted.has(id)) items.push(item);
  return { ...log, items };
}
