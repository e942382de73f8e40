import type { DatasetFormat } from '@rppkit/datasets/node';

// The compiler keeps this complete. Importing the list instead would load every reader for the sake of a help page.
const known: Readonly<Record<DatasetFormat, true>> = {
  'ml-100k': true,
  'ml-1m': true,
  'ml-10m': true,
  'ml-latest': true,
  'hetrec-lastfm': true,
  'amazon-2014': true,
  'amazon-2018': true,
  'amazon-2023': true,
  recbole: true,
  csv: true,
  'json-lines': true,
  parquet: true,
};

/** The layouts that data can have, in the order in which help and errors list them. */
export const datasetFormats: readonly DatasetFormat[] = Object.keys(known) as DatasetFormat[];

/** Layouts with one row an interaction and columns that the user names. */
export const tableFormats: readonly DatasetFormat[] = ['csv', 'json-lines', 'parquet'];
