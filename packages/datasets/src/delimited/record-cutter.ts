import type { ByteWindow } from '../files/byte-window.ts';
import { isUtf8 } from '../files/text-encoding.ts';
import { describeDelimiter, type FieldSyntax } from './field-syntax.ts';
import { findClosingQuote, undoubleQuotes } from './quoted-field.ts';
import type { RecordBatch } from './record-batch.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;

/** Records of a full batch. */
export const recordsInBatch: number = 1 << 14;

/** Why a record cannot be used. */
export interface RecordFault {
  readonly expected: string;
  readonly received: string;
  /** Where the last line ends that is left out with it. */
  readonly lineEnd: number;
  readonly advice?: string;
}

/** Cuts complete records off the front of a window, into the arrays of a batch. */
export class RecordCutter {
  /** 1-based line at the start of the window. */
  line = 1;
  /** What is wrong with the record at the front of the window, after it was called bad or incomplete. */
  fault: RecordFault = { expected: '', received: '', lineEnd: 0 };
  readonly #delimiter: Uint8Array;
  readonly #syntax: FieldSyntax;
  readonly #lines = new Int32Array(recordsInBatch);
  /** Fields with doubled quotes, of the record at hand. */
  readonly #doubled: number[] = [];
  #columns: number;
  #starts = new Int32Array(0);
  #ends = new Int32Array(0);

  constructor(syntax: FieldSyntax) {
    this.#syntax = syntax;
    this.#delimiter = new TextEncoder().encode(syntax.delimiter);
    this.#columns = syntax.columns ?? 0;
    this.#allocate();
  }

  getBatch(bytes: Uint8Array, records: number): RecordBatch {
    return { bytes, columns: this.#columns, records, starts: this.#starts, ends: this.#ends, lines: this.#lines };
  }

  /**
   * The fast path: cuts records as long as they are ASCII without quotes, have the right number of fields and a delimiter
   * of one byte. `end` is where the last complete line of the window ends, `records` how many the batch holds already.
   * Returns how many it holds then; the next one, if any, is for `takeRecord`.
   */
  takePlainRecords(window: ByteWindow, end: number, records: number): number {
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
      this.#lines[record++] = this.line++;
      window.start = ++at;
    }
    return record;
  }

  /**
   * Cuts one record at the front of the window and moves the window behind it. A bad record, and one whose quote does not
   * close before `end`, stays where it is, with what is wrong with it in `fault`. `nothing` is an empty line.
   */
  takeRecord(window: ByteWindow, end: number, record: number): 'record' | 'nothing' | 'bad' | 'incomplete' {
    const { bytes } = window;
    const { quotes } = this.#syntax;
    const delimiter = this.#delimiter[0]!;
    const single = this.#delimiter.length === 1;
    const columns = this.#columns;
    const starts = this.#starts;
    const ends = this.#ends;
    const first = record * columns;
    const line = this.line;
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
        if (at !== fieldStart) return this.#findQuoteFault(window, 'a quote inside a field without quotes');
        const closing = findClosingQuote(bytes, at + 1, end);
        if (closing === undefined) {
          const lineEnd = bytes.indexOf(lineFeed, window.start);
          this.fault = { expected: 'a closing quote', received: 'the end of the file', lineEnd };
          return 'incomplete';
        }
        if (closing.doubled) this.#doubled.push(first + fields);
        for (let inside = at; inside < closing.at; inside++) high |= bytes[inside]! | (bytes[inside]! - 1);
        fieldStart = at + 1;
        fieldEnd = closing.at;
        at = closing.at + 1;
        continue;
      }
      // After a closing quote only a delimiter or the end of the line may follow.
      if (fieldEnd !== -1 && !(byte === carriageReturn && bytes[at + 1] === lineFeed)) {
        return this.#findQuoteFault(window, 'text after a closing quote');
      }
      // Beyond 7 bits where a byte is 0 or no ASCII.
      high |= byte | (byte - 1);
      at++;
    }
    if (fieldEnd === -1) fieldEnd = at > fieldStart && bytes[at - 1] === carriageReturn ? at - 1 : at;
    if (fields === 0 && fieldEnd === fieldStart && bytes[fieldStart - 1] !== quote) {
      window.start = at + 1;
      this.line++;
      return 'nothing';
    }
    fields++;
    if (columns === 0) {
      this.#columns = fields;
      this.#allocate();
      return this.takeRecord(window, end, record);
    }
    if (fields !== columns) {
      const expected = `${columns} columns separated by ${describeDelimiter(this.#syntax)}`;
      this.fault = { expected, received: `${fields}`, lineEnd: at };
      return 'bad';
    }
    starts[first + fields - 1] = fieldStart;
    ends[first + fields - 1] = fieldEnd;
    if (high & ~0x7f && !isText(bytes.subarray(window.start, at))) {
      const advice = 'Pass the encoding, or convert the file to UTF-8.';
      this.fault = { expected: 'text in UTF-8', received: 'other bytes', lineEnd: at, advice };
      return 'bad';
    }
    this.#lines[record] = line;
    this.line += quotes ? countLines(bytes, window.start, at + 1) : 1;
    // Moves bytes, line ends among them.
    for (const field of this.#doubled) ends[field] = undoubleQuotes(bytes, starts[field]!, ends[field]!);
    window.start = at + 1;
    return 'record';
  }

  /** Of a record whose quotes are broken one line is left out: an open quote would take all up to the next one with it. */
  #findQuoteFault({ bytes, start }: ByteWindow, received: string): 'bad' {
    const expected = 'fields that hold quotes to be quoted as in RFC 4180';
    const advice = 'Pass quotes: false where quotes are plain text.';
    this.fault = { expected, received, lineEnd: bytes.indexOf(lineFeed, start), advice };
    return 'bad';
  }

  #isDelimiter(bytes: Uint8Array, at: number): boolean {
    return this.#delimiter.every((byte, offset) => bytes[at + offset] === byte);
  }

  #allocate(): void {
    this.#starts = new Int32Array(recordsInBatch * this.#columns);
    this.#ends = new Int32Array(recordsInBatch * this.#columns);
  }
}

function isText(bytes: Uint8Array): boolean {
  return !bytes.includes(0) && isUtf8(bytes);
}

/** Line ends from `start` up to, not including, `end`. */
export function countLines(bytes: Uint8Array, start: number, end: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(lineFeed, start); at !== -1 && at < end; at = bytes.indexOf(lineFeed, at + 1)) lines++;
  return lines;
}
