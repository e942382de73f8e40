/** A value as a model wrote it, with what is not JSON about it repaired. */
export type JsonValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly JsonValue[] }
  | { readonly kind: 'object'; readonly keys: readonly string[]; readonly items: readonly JsonValue[] };

/** An array or object and the part of the text that it takes. */
export interface JsonPart {
  readonly value: JsonValue;
  readonly from: number;
  readonly to: number;
}

interface Open {
  readonly array: boolean;
  readonly keys: string[];
  readonly items: JsonValue[];
  readonly from: number;
  /** A key that waits for its value, or a text that may become one. */
  key: string | undefined;
}

/** Deeper nesting is no answer. */
const maximumDepth = 32;
const closers: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '”': '”', '「': '」', '‘': '’' };
const word = /[A-Za-z_$\u4e00-\u9fff][\w$\u4e00-\u9fff-]{0,60}/y;
const numberText = /-?\d{1,15}(?:\.\d{1,15})?(?:[eE][+-]?\d{1,3})?/y;
const ignorable = /[\s,，;、.…]+|\/\/[^\n]*|\/\*[^*]{0,500}\*\/|#[^\n]*|\\[nrt]/y;

/**
 * All arrays and objects in a text, in one pass: fenced or bare, in prose, with single or curly quotes, trailing commas,
 * comments, unquoted keys, full-width signs, escaped quotes, or cut off. What was read before a part that is no JSON is kept.
 * `masked` is `body` with titles hidden; `cut` tells that the text may break off inside a number.
 */
export function readJson(body: string, masked: string, { cut }: { readonly cut: boolean }): JsonPart[] {
  const parts: JsonPart[] = [];
  const stack: Open[] = [];
  let at = nextOpening(masked, 0);
  while (at < masked.length) {
    const sign = masked[at]!;
    const top = stack.at(-1);
    if (sign === '[' || sign === '{' || sign === '【' || (sign === '(' && top !== undefined)) {
      if (stack.length >= maximumDepth) stack.length = 0;
      stack.push({ array: sign !== '{', keys: [], items: [], from: at, key: undefined });
      at++;
    } else if (top === undefined) at = nextOpening(masked, at);
    else if (sign === ']' || sign === '}' || sign === '】' || sign === ')') {
      at++;
      close(at);
    } else at = readInside(top, sign);
  }
  flush(masked.length);
  return parts;

  function readInside(top: Open, sign: string): number {
    ignorable.lastIndex = at;
    if (ignorable.test(masked)) return ignorable.lastIndex;
    const escaped = sign === '\\' && masked[at + 1] === '"';
    if (escaped || closers[sign] !== undefined) {
      const string = readString(body, masked, escaped ? at + 1 : at, escaped);
      if (string === undefined) return stop();
      put(top, { kind: 'text', text: string.text });
      return string.to;
    }
    if (sign === ':' || sign === '：' || (sign === '=' && !top.array)) {
      const last = top.items.at(-1);
      // In an object, the text before a colon was a key.
      if (!top.array && top.key === undefined && last !== undefined && top.keys.length < top.items.length) {
        if (last.kind !== 'text' && last.kind !== 'number') return stop();
        top.items.pop();
        top.key = last.text;
        return at + (masked[at + 1] === '>' ? 2 : 1);
      }
      return stop();
    }
    numberText.lastIndex = at;
    const number = numberText.exec(masked);
    if (number !== null) {
      const to = numberText.lastIndex;
      if (!(cut && to === masked.trimEnd().length))
        put(top, { kind: 'number', value: Number(number[0]), text: number[0] });
      return to;
    }
    word.lastIndex = at;
    const name = word.exec(masked);
    if (name === null) return stop();
    if (/^(?:true|false|null|none|undefined|nan)$/i.test(name[0])) {
      put(top, { kind: 'text', text: '' });
      return word.lastIndex;
    }
    if (top.array || !/^\s*[:：=]/.test(masked.slice(word.lastIndex, word.lastIndex + 8))) return stop();
    put(top, { kind: 'text', text: name[0] });
    return word.lastIndex;
  }

  /** What follows is no JSON: keeps what was read, and goes on behind this sign. */
  function stop(): number {
    flush(at);
    return at + 1;
  }

  function put({ array, keys, items, key }: Open, value: JsonValue): void {
    items.push(value);
    if (!array && key !== undefined) {
      keys.push(key);
      stack.at(-1)!.key = undefined;
    }
  }

  function close(to: number): void {
    const { array, keys, items, from } = stack.pop()!;
    // An object without keys is a set.
    const value: JsonValue =
      array || keys.length === 0
        ? { kind: 'array', items }
        : { kind: 'object', keys, items: items.slice(0, keys.length) };
    const outer = stack.at(-1);
    if (outer === undefined) parts.push({ value, from, to });
    else put(outer, value);
  }

  function flush(to: number): void {
    while (stack.length > 0) close(to);
  }
}

function nextOpening(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 91 || unit === 123 || unit === 0x3010) return at;
  }
  return text.length;
}

/** A text in quotes that ends on its line; its end is a quote that a comma, colon or bracket follows, if quotes are loose. */
function readString(
  body: string,
  masked: string,
  from: number,
  escaped: boolean,
): { text: string; to: number } | undefined {
  const closer = closers[masked[from]!]!;
  for (let at = from + 1; at < masked.length; at++) {
    const sign = masked[at]!;
    if (sign === '\n') return undefined;
    if (sign === '\\') {
      if (escaped && masked[at + 1] === '"') return { text: body.slice(from + 1, at), to: at + 2 };
      at++;
      continue;
    }
    if (sign !== closer && !(closer === '”' && sign === '"')) continue;
    if (closer === "'" && !/^\s*(?:[,:\]})，：、]|$)/.test(masked.slice(at + 1, at + 6))) continue;
    return { text: decode(body.slice(from + 1, at)), to: at + 1 };
  }
  return undefined;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\n', t: '\t', b: ' ', f: ' ' };

function decode(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([\da-fA-F]{4})|([\s\S]))/g, (_all, code?: string, sign?: string) =>
    code === undefined ? (escapes[sign!] ?? sign!) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
