export {
  type RecordResponseTableFileOptions,
  readResponseTable,
  recordResponseTableFile,
  writeResponseTable,
} from './response-table-file.ts';
