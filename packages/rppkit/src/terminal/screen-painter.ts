import { clearScreenDown, moveCursor } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { computeDisplayWidth } from '@rppkit/metrics/report';
import { createLogUpdate } from 'log-update';

/** Keeps one text at the end of what a terminal shows. */
export interface ScreenPainter {
  /** Puts a text in the place of the one before. No line may be wider than the terminal. */
  paint(text: string): void;
  /** Leaves the last text where it is. */
  close(): void;
}

/**
 * A painter on a terminal. What others write to the stream meanwhile goes above the text. Where the terminal became narrower, it
 * has broken the lines of the text before into more rows; they are all removed.
 */
export function createScreenPainter(stream: NodeJS.WriteStream): ScreenPainter {
  const update = createLogUpdate(stream);
  const { write } = stream;
  let shown: { readonly text: string; readonly columns: number } | undefined;
  let painting = false;
  let inLine = false;
  let pending = '';

  /** All that `action` writes goes to the terminal at once. */
  const asPainter = (action: () => void): void => {
    painting = true;
    action();
    painting = false;
    if (pending !== '') write.call(stream, pending);
    pending = '';
  };
  /** The whole text, not what changed in it: where the terminal was resized and the news is late, no row is where it was. */
  const clear = (): void => {
    if (shown === undefined) return;
    const { text, columns } = shown;
    shown = undefined;
    update.clear();
    if (stream.columns >= columns) return;
    const more = text.split('\n').reduce((sum, line) => sum + countRows(line, stream.columns) - 1, 0);
    if (more === 0) return;
    moveCursor(stream, 0, -more);
    clearScreenDown(stream);
  };
  const intercept = ((...args: Parameters<typeof write>): boolean => {
    if (painting) {
      pending += args[0];
      return true;
    }
    asPainter(clear);
    inLine = !String(args[0]).endsWith('\n');
    return write.apply(stream, args);
  }) as typeof write;

  stream.write = intercept;
  return {
    paint(text) {
      if (text === shown?.text && !inLine) return;
      asPainter(() => {
        clear();
        if (inLine) stream.write('\n');
        inLine = false;
        update(text);
        shown = { text, columns: stream.columns };
      });
    },
    close() {
      asPainter(() => update.done());
      if (stream.write === intercept) stream.write = write;
    },
  };
}

/** Rows that a line takes where it is broken at the edge of the terminal; a wide character is never halved. */
function countRows(line: string, columns: number): number {
  let rows = 1;
  let used = 0;
  for (const character of stripVTControlCharacters(line)) {
    const width = computeDisplayWidth(character);
    if (used + width > columns) {
      rows++;
      used = 0;
    }
    used += width;
  }
  return rows;
}
