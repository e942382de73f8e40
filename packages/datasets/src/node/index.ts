// Files and folders
export { type CsvDatasetOptions, readCsvDataset } from './read-csv-dataset.ts';
export { readMovielens100k } from './read-movielens-100k.ts';
