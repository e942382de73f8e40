/** Consecutive records of a separated file. The arrays are overwritten when the next batch is read. */
export interface RecordBatch {
  /** UTF-8 that holds the fields. */
  readonly bytes: Uint8Array;
  /** Fields of a record. */
  readonly columns: number;
  readonly records: number;
  /** `Int32Array [records, columns]` and more: where each field begins in `bytes`. */
  readonly starts: Int32Array;
  /** `Int32Array [records, columns]` and more: where each field ends, exclusive. */
  readonly ends: Int32Array;
  /** `Int32Array [records]` and more: 1-based line on which each record begins. */
  readonly lines: Int32Array;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of a field, without blanks around it. */
export function decodeField(batch: RecordBatch, record: number, column: number): string {
  const { bytes, starts, ends } = batch;
  const field = record * batch.columns + column;
  const start = skipBlanks(bytes, starts[field]!, ends[field]!);
  return decoder.decode(bytes.subarray(start, dropBlanks(bytes, start, ends[field]!)));
}

/** Where a field begins without the blanks before it. */
export function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === 0x20) at++;
  return at;
}

/** Where a field ends without the blanks after it. */
export function dropBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && bytes[at - 1] === 0x20) at--;
  return at;
}
