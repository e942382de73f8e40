import { EventEmitter } from 'node:events';

/** A terminal in memory: what is written to `stream` is interpreted as a terminal would. */
export interface EmulatedTerminal {
  readonly stream: NodeJS.WriteStream;
  /** All that was written, with its control sequences. */
  written(): string;
  /** All lines, those scrolled out included, without blanks at their ends and without the empty ones at the end. */
  readLines(): Promise<readonly string[]>;
  /** Line and column of the cursor, from 0; of all lines. */
  readCursor(): Promise<readonly [line: number, column: number]>;
  /** Resizes the window; the program hears of it, too, where the news is not `late`. */
  resize(columns: number, rows: number, options?: { readonly late?: boolean }): Promise<void>;
}

/** The part of `@xterm/headless` that is used; packages from outside are for test files to import. */
interface Emulator {
  readonly cols: number;
  readonly rows: number;
  write(text: string, done?: () => void): void;
  resize(columns: number, rows: number): void;
  readonly buffer: {
    readonly active: {
      readonly length: number;
      readonly baseY: number;
      readonly cursorX: number;
      readonly cursorY: number;
      getLine(line: number): { translateToString(trimRight: boolean): string } | undefined;
    };
  };
}

/** Wraps a new terminal with `convertEol`. */
export function emulateTerminal(
  terminal: Emulator,
  { colour = false }: { readonly colour?: boolean } = {},
): EmulatedTerminal {
  let written = '';
  const stream = Object.assign(new EventEmitter(), {
    isTTY: true,
    columns: terminal.cols,
    rows: terminal.rows,
    hasColors: () => colour,
    write(text: string) {
      written += text;
      terminal.write(text);
      return true;
    },
  });
  const settle = (): Promise<void> => new Promise((resolve) => terminal.write('', resolve));
  return {
    stream: stream as unknown as NodeJS.WriteStream,
    written: () => written,
    async readLines() {
      await settle();
      const { active } = terminal.buffer;
      const lines = Array.from({ length: active.length }, (_, line) => active.getLine(line)!.translateToString(true));
      return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
    },
    async readCursor() {
      await settle();
      const { active } = terminal.buffer;
      return [active.baseY + active.cursorY, active.cursorX];
    },
    async resize(nextColumns, nextRows, { late = false } = {}) {
      await settle();
      terminal.resize(nextColumns, nextRows);
      if (late) return;
      Object.assign(stream, { columns: nextColumns, rows: nextRows });
      stream.emit('resize');
    },
  };
}
