/** Deepest nesting of containers; deeper input is no data. */
const deepest = 64;

const number = /[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?/y;
const name = /None|True|False/y;
const names: Readonly<Record<string, unknown>> = { None: null, True: true, False: false };
const escapeSequence = /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{1,3})|([\\'"abfnrtv]))/y;
const escaped: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * The value that a literal of Python 3 writes, as its `repr` does: dictionaries with text keys (objects), lists and tuples
 * (arrays), texts in either quotes, decimal numbers, `None` (null), `True` and `False`. Nothing is executed. Throws
 * `SyntaxError` for anything else, such as bytes, sets, joined texts and nesting deeper than 64 containers.
 */
export function parsePythonLiteral(source: string): unknown {
  const reader = new LiteralReader(source);
  const value = reader.readValue(0);
  reader.expectEnd();
  return value;
}

class LiteralReader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  readValue(depth: number): unknown {
    if (depth > deepest) throw this.#fail(`at most ${deepest} nested containers`);
    this.#skipBlanks();
    const first = this.#source[this.#at];
    if (first === '{') return this.#readDictionary(depth + 1);
    if (first === '[') return this.#readSequence(']', depth + 1);
    if (first === '(') return this.#readSequence(')', depth + 1);
    if (first === "'" || first === '"') return this.#readText(first);
    if (first === 'u' && /['"]/.test(this.#source[this.#at + 1] ?? '')) {
      this.#at++;
      return this.#readText(this.#source[this.#at]!);
    }
    const digits = this.#take(number);
    if (digits !== undefined) return Number(digits);
    const constant = this.#take(name);
    if (constant !== undefined) return names[constant];
    throw this.#fail('a value');
  }

  expectEnd(): void {
    this.#skipBlanks();
    if (this.#at < this.#source.length) throw this.#fail('the end');
  }

  #readDictionary(depth: number): object {
    const entries: [string, unknown][] = [];
    this.#readList('}', () => {
      const key = this.readValue(depth);
      if (typeof key !== 'string') throw this.#fail('a text as key');
      if (!this.#takeCharacter(':')) throw this.#fail('a colon');
      entries.push([key, this.readValue(depth)]);
    });
    // Unlike assignment, this makes a key `__proto__` a plain field.
    return Object.fromEntries(entries);
  }

  #readSequence(closing: string, depth: number): unknown[] {
    const values: unknown[] = [];
    const commas = this.#readList(closing, () => values.push(this.readValue(depth)));
    // Brackets around a value do not make a tuple.
    if (closing === ')' && values.length === 1 && commas === 0) throw this.#fail('a comma in a tuple of one');
    return values;
  }

  /** Reads elements between an opening bracket and `closing`; returns the number of commas. */
  #readList(closing: string, readElement: () => void): number {
    this.#at++;
    for (let commas = 0; ; commas++) {
      if (this.#takeCharacter(closing)) return commas;
      readElement();
      if (this.#takeCharacter(closing)) return commas;
      if (!this.#takeCharacter(',')) throw this.#fail(`a comma or ${closing}`);
    }
  }

  #readText(quote: string): string {
    this.#at++;
    let text = '';
    for (;;) {
      text += this.#takePlainText(quote);
      const stop = this.#source[this.#at];
      if (stop === quote) break;
      if (stop !== '\\') throw this.#fail('a closing quote');
      text += this.#readEscape();
    }
    this.#at++;
    return text;
  }

  #readEscape(): string {
    escapeSequence.lastIndex = this.#at;
    const match = escapeSequence.exec(this.#source);
    if (match === null) {
      // As in Python, an unknown escape stands for itself; one that is cut short does not.
      if (/^\\(?:[xuUN\n]|$)/.test(this.#source.slice(this.#at, this.#at + 2))) throw this.#fail('a complete escape');
      this.#at++;
      return '\\';
    }
    this.#at = escapeSequence.lastIndex;
    const [, byte, short, long, octal, character] = match;
    if (character !== undefined) return escaped[character] ?? character;
    const code = octal === undefined ? Number.parseInt(byte ?? short ?? long!, 16) : Number.parseInt(octal, 8);
    if (code > 0x10ffff) throw this.#fail('a character of Unicode');
    return String.fromCodePoint(code);
  }

  /** Takes the text up to a quote, a backslash or the end of the line. */
  #takePlainText(quote: string): string {
    const start = this.#at;
    for (; this.#at < this.#source.length; this.#at++) {
      const character = this.#source[this.#at];
      if (character === quote || character === '\\' || character === '\n') break;
    }
    return this.#source.slice(start, this.#at);
  }

  #skipBlanks(): void {
    for (;;) {
      const character = this.#source[this.#at];
      if (character !== ' ' && character !== '\t' && character !== '\r' && character !== '\n') return;
      this.#at++;
    }
  }

  /** Takes what the pattern matches at this place; undefined where it does not. */
  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#source);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match[0];
  }

  #takeCharacter(character: string): boolean {
    this.#skipBlanks();
    if (this.#source[this.#at] !== character) return false;
    this.#at++;
    this.#skipBlanks();
    return true;
  }

  #fail(expected: string): SyntaxError {
    return new SyntaxError(`Expected ${expected} at character ${this.#at + 1}`);
  }
}
