import { expect, it } from 'vitest';
import { writeMessage } from './write-message.ts';

function write(message: string, isTTY: boolean): string {
  let written = '';
  writeMessage({ isTTY, write: (text) => (written += text) }, message);
  return written;
}

it('keeps lines and their indent, and lets nothing move the cursor', () => {
  const hostile = 'Error: \u001b[2J\u009b31m\u202eevil\r\n  next\u2028one';
  expect(write(hostile, false)).toBe('Error:  [2J 31m evil\n  next one\n');
  expect(write(hostile, true)).toBe('Error:  [2J 31m evil\n  next one\n');
});

it('wraps lines on a terminal alone', () => {
  const words = 'word '.repeat(30).trim();
  expect(write(`  ${words}`, false)).toBe(`  ${words}\n`);
  const lines = write(`  ${words}\nend`, true).trimEnd().split('\n');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  expect(lines.slice(0, -1).every((line) => line.startsWith('  word'))).toBe(true);
  expect(lines.at(-1)).toBe('end');
});
