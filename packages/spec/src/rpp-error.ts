const marker: unique symbol = Symbol.for('rppkit.error') as never;

/** Base of every error that rppkit throws on purpose. `message` says what was expected, what was received, what to do. */
export class RppError extends Error {
  /** Stable, upper-case identifier such as `INVALID_ARGUMENT`; part of the public interface. */
  readonly code: string;

  constructor(code: string, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    Object.defineProperty(this, marker, { value: true });
  }

  /** True for errors of any copy of this package, where `instanceof` fails across ESM and CommonJS or two versions. */
  static isInstance(value: unknown): value is RppError {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[marker] === true;
  }
}

/** A caller passed a value outside the declared range, shape or type. */
export class InvalidArgumentError extends RppError {
  /** Name of the argument or field. */
  readonly argument: string;
  readonly expected: string;
  readonly received: string;

  constructor(argument: string, expected: string, received: unknown, advice?: string) {
    const shown = describeValue(received);
    super(
      'INVALID_ARGUMENT',
      `Expected ${argument} to be ${expected}, received ${shown}.${advice === undefined ? '' : ` ${advice}`}`,
    );
    this.argument = argument;
    this.expected = expected;
    this.received = shown;
  }
}

/** A short, one-line picture of a received value for error messages. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string')
    return value.length > 60 ? `${JSON.stringify(value.slice(0, 57))}...` : JSON.stringify(value);
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined)
    return String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const length = (value as unknown as { length?: number }).length;
    return `${(value as object).constructor.name} of length ${length ?? 0}`;
  }
  return typeof value;
}
