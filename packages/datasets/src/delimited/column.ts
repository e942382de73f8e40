/** A typed array of any kind that a column can be kept in. */
type ColumnValues = Int32Array | Float32Array | Float64Array;

const chunkLength = 1 << 16;

/** A column that grows by whole chunks, so that it holds what was appended once, and twice only while it is taken. */
export class Column<Values extends ColumnValues> {
  readonly #create: new (
    length: number,
  ) => Values;
  readonly #full: Values[] = [];
  #open: Values;
  #used = 0;

  constructor(create: new (length: number) => Values) {
    this.#create = create;
    this.#open = new create(chunkLength);
  }

  get length(): number {
    return this.#full.length * chunkLength + this.#used;
  }

  append(value: number): void {
    if (this.#used === chunkLength) {
      this.#full.push(this.#open);
      this.#open = new this.#create(chunkLength);
      this.#used = 0;
    }
    this.#open[this.#used++] = value;
  }

  /** The whole column in one array; the column is empty afterwards. */
  take(): Values {
    const values = new this.#create(this.length);
    let at = 0;
    for (const chunk of this.#full) {
      values.set(chunk, at);
      at += chunkLength;
    }
    values.set(this.#open.subarray(0, this.#used), at);
    this.#full.length = 0;
    this.#used = 0;
    return values;
  }
}
