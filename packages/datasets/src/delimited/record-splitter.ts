import { describeValue } from '@rppkit/spec';
import { DatasetError } from '../dataset-error.ts';
import type { ByteWindow } from '../files/byte-window.ts';
import { type ReadOptions, refuseLine } from '../files/read-options.ts';
import { isUtf8 } from '../files/text-encoding.ts';
import type { RecordBatch } from './record-batch.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;
const recordsInBatch = 1 << 14;

/** Longest record, in bytes: 16 MiB. A longer line is a file without line ends or with a quote that never closes. */
export const longestRecord: number = 1 << 24;

/** How fields are told apart. */
export interface FieldSyntax {
  /** ASCII text between two fields, one or more characters. */
  readonly delimiter: string;
  /** True: a field may stand in quotes, which may hold delimiters, line ends and doubled quotes (RFC 4180). */
  readonly quotes: boolean;
  /** Fields of every record; undefined: as many as the first record has. */
  readonly columns?: number;
}

/** Why a record cannot be used, and where the line ends that is left out with it. */
interface RecordFault {
  readonly expected: string;
  readonly received: string;
  readonly lineEnd: number;
  readonly advice?: string;
}

/**
 * Cuts the bytes of a file into records and fields without making strings. Line ends may be LF or CRLF; empty lines are
 * passed over. What cannot be cut, or is no UTF-8, goes to `refuseLine`.
 */
export class RecordSplitter {
  readonly #file: string;
  readonly #options: ReadOptions;
  readonly #delimiter: Uint8Array;
  readonly #syntax: FieldSyntax;
  readonly #lines = new Int32Array(recordsInBatch);
  /** Fields with doubled quotes, of the record at hand. */
  readonly #doubled: number[] = [];
  #fault: RecordFault = { expected: '', received: '', lineEnd: 0 };
  #columns: number;
  #starts = new Int32Array(0);
  #ends = new Int32Array(0);
  /** 1-based line at the start of the window. */
  #line = 1;
  /** True while the rest of an overlong line is being dropped. */
  #dropping = false;

  constructor(file: string, syntax: FieldSyntax, options: ReadOptions) {
    this.#file = file;
    this.#syntax = syntax;
    this.#options = options;
    this.#delimiter = new TextEncoder().encode(syntax.delimiter);
    this.#columns = syntax.columns ?? 0;
    this.#allocate();
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
    const end = window.bytes.lastIndexOf(lineFeed, window.end - 1) + 1;
    let records = 0;
    while (window.start < end && records < recordsInBatch) {
      records = this.#takePlainRecords(window, end, records);
      if (window.start >= end || records === recordsInBatch) break;
      const taken = this.#takeRecord(window, end, records);
      if (taken === 'record') records++;
      // Bad lines are reported in their order, after the records before them were read.
      if (taken === 'bad' && records > 0) break;
      if (taken === 'bad' || (taken === 'incomplete' && last)) this.#refuseRecord(window);
      else if (taken === 'incomplete') break;
    }
    if (records === 0 && window.end - window.start > longestRecord) this.#refuseOverlong(window);
    return { bytes, columns: this.#columns, records, starts: this.#starts, ends: this.#ends, lines: this.#lines };
  }

  /**
   * The fast path: cuts records as long as they are ASCII without quotes, have the right number of fields and a delimiter
   * of one byte. Returns how many records the batch holds then; the next one, if any, is for `#takeRecord`.
   */
  #takePlainRecords(window: ByteWindow, end: number, records: number): number {
    const columns = this.#columns;
    if (this.#delimiter.length > 1 || columns === 0) return records;
    const { bytes } = window;
    const delimiter = this.#delimiter[0]!;
    const forbidden = this.#syntax.quotes ? quote : -1;
    const starts = this.#starts;
    const ends = this.#ends;
    let record = records;
    let at = window.start;
    while (at < end && record < recordsInBatch) {
      let field = record * columns;
      const last = field + columns - 1;
      starts[field] = at;
      let flags = 0;
      for (;;) {
        const byte = bytes[at]!;
        if (byte === delimiter) {
          if (field === last) break;
          ends[field++] = at++;
          starts[field] = at;
        } else if (byte === lineFeed || byte === forbidden) {
          break;
        } else {
          // Beyond 7 bits where a byte is 0 or no ASCII.
          flags |= byte | (byte - 1);
          at++;
        }
      }
      if (field !== last || bytes[at] !== lineFeed || (flags & ~0x7f) !== 0) break;
      const fieldEnd = bytes[at - 1] === carriageReturn && at > starts[field]! ? at - 1 : at;
      // An empty line.
      if (fieldEnd === window.start) break;
      ends[field] = fieldEnd;
      this.#lines[record++] = this.#line++;
      window.start = ++at;
    }
    return record;
  }

  /**
   * Cuts one record at the front of the window and moves the window behind it. A bad record, and one whose quote does not
   * close before `end`, stays where it is, with what is wrong with it in `#fault`.
   */
  #takeRecord(window: ByteWindow, end: number, record: number): 'record' | 'nothing' | 'bad' | 'incomplete' {
    const { bytes } = window;
    const { quotes } = this.#syntax;
    const delimiter = this.#delimiter[0]!;
    const single = this.#delimiter.length === 1;
    const columns = this.#columns;
    const starts = this.#starts;
    const ends = this.#ends;
    const first = record * columns;
    const line = this.#line;
    let at = window.start;
    let fields = 0;
    let fieldStart = at;
    let fieldEnd = -1;
    let high = 0;
    this.#doubled.length = 0;
    for (;;) {
      const byte = bytes[at]!;
      if (byte === lineFeed) break;
      if (byte === delimiter && (single || this.#isDelimiter(bytes, at))) {
        if (fields < columns) {
          starts[first + fields] = fieldStart;
          ends[first + fields] = fieldEnd === -1 ? at : fieldEnd;
        }
        fields++;
        at += this.#delimiter.length;
        fieldStart = at;
        fieldEnd = -1;
        continue;
      }
      if (quotes && byte === quote && fieldEnd === -1) {
        if (at !== fieldStart) return this.#findQuoteFault(bytes, at, 'a quote inside a field without quotes');
        const closing = this.#findClosingQuote(bytes, at + 1, end, first + fields);
        if (closing === -1) {
          const lineEnd = bytes.indexOf(lineFeed, window.start);
          this.#fault = { expected: 'a closing quote', received: 'the end of the file', lineEnd };
          return 'incomplete';
        }
        for (let inside = at; inside < closing; inside++) high |= bytes[inside]! | (bytes[inside]! - 1);
        fieldStart = at + 1;
        fieldEnd = closing;
        at = closing + 1;
        continue;
      }
      // After a closing quote only a delimiter or the end of the line may follow.
      if (fieldEnd !== -1 && !(byte === carriageReturn && bytes[at + 1] === lineFeed)) {
        return this.#findQuoteFault(bytes, at, 'text after a closing quote');
      }
      // Beyond 7 bits where a byte is 0 or no ASCII.
      high |= byte | (byte - 1);
      at++;
    }
    if (high & ~0x7f) this.#refuseBinary(bytes.subarray(window.start, at));
    if (fieldEnd === -1) fieldEnd = at > fieldStart && bytes[at - 1] === carriageReturn ? at - 1 : at;
    if (fields === 0 && fieldEnd === fieldStart && bytes[fieldStart - 1] !== quote) {
      window.start = at + 1;
      this.#line++;
      return 'nothing';
    }
    fields++;
    if (columns === 0) {
      this.#columns = fields;
      this.#allocate();
      return this.#takeRecord(window, end, record);
    }
    if (fields !== columns) {
      const expected = `${columns} columns separated by ${this.#describeDelimiter()}`;
      this.#fault = { expected, received: `${fields}`, lineEnd: at };
      return 'bad';
    }
    starts[first + fields - 1] = fieldStart;
    ends[first + fields - 1] = fieldEnd;
    if (high & ~0x7f && !isUtf8(bytes.subarray(window.start, at))) {
      const advice = 'Pass the encoding, or convert the file to UTF-8.';
      this.#fault = { expected: 'text in UTF-8', received: 'other bytes', lineEnd: at, advice };
      return 'bad';
    }
    this.#lines[record] = line;
    this.#line += quotes ? countLines(bytes, window.start, at + 1) : 1;
    // Moves bytes, line ends among them.
    for (const field of this.#doubled) this.#undoubleQuotes(bytes, field);
    window.start = at + 1;
    return 'record';
  }

  /** The position of the quote that closes a field whose text begins at `at`; -1 if it does not close before `end`. */
  #findClosingQuote(bytes: Uint8Array, at: number, end: number, field: number): number {
    for (let from = at, doubled = false; ; ) {
      const found = bytes.indexOf(quote, from);
      if (found === -1 || found >= end) return -1;
      if (bytes[found + 1] !== quote || found + 1 >= end) return found;
      if (!doubled) this.#doubled.push(field);
      doubled = true;
      from = found + 2;
    }
  }

  #undoubleQuotes(bytes: Uint8Array, field: number): void {
    let to = this.#starts[field]!;
    for (let from = to; from < this.#ends[field]!; from++) {
      bytes[to++] = bytes[from]!;
      if (bytes[from] === quote) from++;
    }
    this.#ends[field] = to;
  }

  #findQuoteFault(bytes: Uint8Array, at: number, received: string): 'bad' {
    const expected = 'fields that hold quotes to be quoted as in RFC 4180';
    const advice = 'Pass quotes: false where quotes are plain text.';
    this.#fault = { expected, received, lineEnd: bytes.indexOf(lineFeed, at), advice };
    return 'bad';
  }

  /** Leaves out the record at the front of the window, for what `#fault` says. */
  #refuseRecord(window: ByteWindow): void {
    const { expected, received, lineEnd, advice } = this.#fault;
    const details = { line: this.#line, ...(advice !== undefined && { advice }) };
    this.#line += countLines(window.bytes, window.start, lineEnd + 1);
    window.start = lineEnd + 1;
    refuseLine(new DatasetError(this.#file, expected, received, details), this.#options);
  }

  #refuseBinary(record: Uint8Array): void {
    if (!record.includes(0)) return;
    const binary = { line: this.#line, advice: 'Check that the file is what its name says.' };
    throw new DatasetError(this.#file, 'text', 'a byte 0, as binary files have', binary);
  }

  #refuseOverlong(window: ByteWindow): void {
    const error = new DatasetError(
      this.#file,
      `a line of at most ${longestRecord / (1 << 20)} MiB`,
      'a longer one or a quote that does not close',
      { line: this.#line, advice: 'Check that the file has line ends.' },
    );
    this.#dropping = true;
    this.#dropLine(window);
    refuseLine(error, this.#options);
  }

  #dropLine(window: ByteWindow): void {
    const found = window.bytes.subarray(window.start, window.end).indexOf(lineFeed);
    window.start = found === -1 ? window.end : window.start + found + 1;
    if (found === -1) return;
    this.#dropping = false;
    this.#line++;
  }

  #isDelimiter(bytes: Uint8Array, at: number): boolean {
    return this.#delimiter.every((byte, offset) => bytes[at + offset] === byte);
  }

  #describeDelimiter(): string {
    return this.#syntax.delimiter === '\t' ? 'tabs' : describeValue(this.#syntax.delimiter);
  }

  #allocate(): void {
    this.#starts = new Int32Array(recordsInBatch * this.#columns);
    this.#ends = new Int32Array(recordsInBatch * this.#columns);
  }
}

/** Line ends from `start` up to, not including, `end`. */
function countLines(bytes: Uint8Array, start: number, end: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(lineFeed, start); at !== -1 && at < end; at = bytes.indexOf(lineFeed, at + 1)) lines++;
  return lines;
}
