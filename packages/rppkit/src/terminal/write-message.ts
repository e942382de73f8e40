import { cleanText, wrapText } from '@rppkit/metrics/report';
import type { TextStream } from './progress.ts';

/**
 * Writes a message: its lines as they are to logs, and wrapped between words to 80 columns on a terminal. What it quotes of data
 * and providers cannot move the cursor: characters that control terminals become blanks.
 */
export function writeMessage(stream: TextStream, message: string): void {
  const lines = message.split(/\r?\n/).map(cleanText);
  stream.write(`${(stream.isTTY ? lines.map((line) => wrapIndented(line, 80)) : lines).join('\n')}\n`);
}

function wrapIndented(line: string, width: number): string {
  const indent = /^ */.exec(line)![0];
  return wrapText(line.slice(indent.length), width - indent.length)
    .map((part) => indent + part)
    .join('\n');
}
