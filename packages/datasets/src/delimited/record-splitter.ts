import { DatasetError } from '../dataset-error.ts';
import type { ByteWindow } from '../files/byte-window.ts';
import { type ReadOptions, refuseLine } from '../files/read-options.ts';
import { describeBinary } from './describe-binary.ts';
import type { FieldSyntax } from './field-syntax.ts';
import type { RecordBatch } from './record-batch.ts';
import { countLines, RecordCutter, recordsInBatch } from './record-cutter.ts';

const lineFeed = 0x0a;

/** Longest record, in bytes: 16 MiB. A longer line is a file without line ends or with a quote that never closes. */
export const longestRecord: number = 1 << 24;

/**
 * Cuts the bytes of a file into records and fields without making strings. Line ends may be LF or CRLF; empty lines are
 * passed over. What cannot be cut, or is no UTF-8, goes to `refuseLine`, but for a first record that tells the number of
 * columns, whose fault is thrown.
 */
export class RecordSplitter {
  readonly #file: string;
  readonly #options: ReadOptions;
  readonly #cutter: RecordCutter;
  /** True while the rest of an overlong line is being dropped. */
  #dropping = false;
  /** Bytes at the front of the window that are known to hold no line end. */
  #unbroken = 0;
  /** True once the number of columns is certain. */
  #headed: boolean;
  #refused = false;

  constructor(file: string, syntax: FieldSyntax, options: ReadOptions) {
    this.#file = file;
    this.#options = options;
    this.#cutter = new RecordCutter(syntax);
    this.#headed = syntax.columns !== undefined;
  }

  /** Whether any line was refused. */
  get refused(): boolean {
    return this.#refused;
  }

  /**
   * Takes complete records from the front of the window: those up to its last line end, at most one batch. `last` says
   * that no bytes will follow. A batch without records means that the window must be filled first.
   */
  split(window: ByteWindow, last: boolean): RecordBatch {
    const { bytes } = window;
    // The last line may lack its end.
    if (last && window.end > window.start && bytes[window.end - 1] !== lineFeed) bytes[window.end++] = lineFeed;
    if (this.#dropping) this.#dropLine(window);
    const end = this.#findEnd(window);
    let records = 0;
    while (window.start < end && records < recordsInBatch) {
      records = this.#cutter.takePlainRecords(window, end, records);
      if (window.start >= end || records === recordsInBatch) break;
      const taken = this.#cutter.takeRecord(window, end, records);
      if (taken === 'record') records++;
      if (taken === 'record' || taken === 'nothing') continue;
      // Faults are reported in the order of their lines, after the records before them were read.
      if (records > 0 || (taken === 'incomplete' && !last)) break;
      this.#refuseRecord(window);
    }
    if (records > 0) this.#headed = true;
    else if (window.end - window.start > longestRecord) this.#refuseOverlong(window);
    return this.#cutter.getBatch(bytes, records);
  }

  /** Where the last complete line of the window ends, exclusive; its start where it has none. */
  #findEnd(window: ByteWindow): number {
    const from = window.start + this.#unbroken;
    const found = window.bytes.subarray(from, window.end).lastIndexOf(lineFeed);
    this.#unbroken = found === -1 ? window.end - window.start : 0;
    return found === -1 ? window.start : from + found + 1;
  }

  /** Leaves out what is wrong at the front of the window. */
  #refuseRecord(window: ByteWindow): void {
    const { expected, received, lineEnd, advice } = this.#cutter.fault;
    const { line } = this.#cutter;
    this.#assertNotBinary(window.bytes.subarray(window.start, lineEnd));
    this.#cutter.line += countLines(window.bytes, window.start, lineEnd + 1);
    window.start = lineEnd + 1;
    this.#refuse(new DatasetError(this.#file, expected, received, { line, ...(advice !== undefined && { advice }) }));
  }

  #refuseOverlong(window: ByteWindow): void {
    const { line } = this.#cutter;
    this.#assertNotBinary(window.bytes.subarray(window.start, window.end));
    this.#dropping = true;
    this.#dropLine(window);
    const expected = `a line of at most ${longestRecord / (1 << 20)} MiB`;
    const advice = 'Check that the file has line ends.';
    this.#refuse(
      new DatasetError(this.#file, expected, 'a longer one or a quote that does not close', { line, advice }),
    );
  }

  #refuse(error: DatasetError): void {
    this.#refused = true;
    // Without the first record nobody knows what the columns are.
    refuseLine(error, this.#headed ? this.#options : {});
  }

  /** Throws for the bytes of a binary file, of which no line is worth reading. */
  #assertNotBinary(bytes: Uint8Array): void {
    const { line } = this.#cutter;
    const binary = describeBinary(bytes, line === 1);
    if (binary === undefined) return;
    throw new DatasetError(this.#file, 'text', binary.received, { line, advice: binary.advice });
  }

  #dropLine(window: ByteWindow): void {
    const found = window.bytes.subarray(window.start, window.end).indexOf(lineFeed);
    window.start = found === -1 ? window.end : window.start + found + 1;
    this.#unbroken = 0;
    if (found === -1) return;
    this.#dropping = false;
    this.#cutter.line++;
  }
}
