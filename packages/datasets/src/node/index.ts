// Data sets on disk
export { type LocatedDataset, locateDataset, readDataset } from './read-dataset.ts';
export {
  type DatasetFormat,
  datasetFormats,
  type ItemFileOptions,
  type ReadDatasetOptions,
} from './formats/dataset-format.ts';
export { writeAtomicDataset } from './write-atomic-dataset.ts';

// Files, folders and archives
export { unpackArchive } from './archives/unpack-archive.ts';
export type { DataFolder } from './files/data-folder.ts';
export type { InflateLimits } from './files/inflate-limits.ts';
export { openDataFile } from './files/open-data-file.ts';
export { openDataFolder } from './files/open-data-folder.ts';

// Catalogue
export type { CatalogueEntry } from './catalogue/catalogue-entry.ts';
export { datasetCatalogue } from './catalogue/dataset-catalogue.ts';
export { DatasetFetchError, type FetchAttempt } from './catalogue/dataset-fetch-error.ts';
export type { FetchProgress } from './catalogue/download-verified.ts';
export { type FetchDatasetOptions, type FetchedDataset, fetchDataset } from './catalogue/fetch-dataset.ts';
export { LicenceNotAcceptedError } from './catalogue/licence-not-accepted-error.ts';
