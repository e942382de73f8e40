import { wrapText } from '@rppkit/metrics/report';
import type { TextStream } from './progress.ts';

/** Writes a message: on one line to logs, which keep it whole, and wrapped between words to 80 columns on a terminal. */
export function writeMessage(stream: TextStream, message: string): void {
  stream.write(`${stream.isTTY ? wrapIndented(message, 80) : message}\n`);
}

function wrapIndented(message: string, width: number): string {
  const indent = /^ */.exec(message)![0];
  return wrapText(message.slice(indent.length), width - indent.length)
    .map((line) => indent + line)
    .join('\n');
}
