export {
  type InteractionParquetOptions,
  type ItemParquetOptions,
  readInteractionParquet,
  readItemParquet,
} from './parquet.ts';
export { loadRandomAccessFile, type RandomAccessFile } from './random-access-file.ts';
