import { createInterface } from 'node:readline/promises';
import type { CatalogueEntry } from '@rppkit/datasets/node';
import type { TextStream } from '../../terminal/progress.ts';
import { writeMessage } from '../../terminal/write-message.ts';

/**
 * Shows the terms of a data set and resolves with whether they are accepted: as `accepted` says or, on a terminal, as
 * the user answers. Rejects with the reason of `signal`, which Ctrl-C aborts.
 */
export async function acceptTerms(
  entry: CatalogueEntry,
  {
    accepted,
    stderr,
    signal,
  }: { readonly accepted: boolean; readonly stderr: TextStream; readonly signal: AbortSignal },
): Promise<boolean> {
  for (const paragraph of [
    `${entry.title} (${entry.homepage})`,
    `Licence: ${entry.licence}`,
    `Commercial use: ${entry.commercialUse}.`,
    `Please cite: ${entry.citation}`,
  ]) {
    writeMessage(stderr, paragraph);
    stderr.write('\n');
  }
  if (accepted || !process.stdin.isTTY) return accepted;
  return /^y(es)?$/i.test((await ask('Do you accept the licence? [y/N] ', signal)).trim());
}

/** The answer on the terminal; empty where input ends without one. */
async function ask(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // While it reads a line, the terminal hands Ctrl-C to us as a key.
  terminal.on('SIGINT', () => process.emit('SIGINT'));
  const ended = new Promise<undefined>((resolve) => terminal.once('close', () => resolve(undefined)));
  try {
    const answer = await Promise.race([terminal.question(question, { signal }), ended]);
    // Ctrl-D leaves the cursor behind the question.
    if (answer === undefined) process.stderr.write('\n');
    return answer ?? '';
  } finally {
    terminal.close();
  }
}
