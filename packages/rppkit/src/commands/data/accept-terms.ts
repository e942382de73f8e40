import type { CatalogueEntry } from '@rppkit/datasets/node';
import { askQuestion } from '../../terminal/ask-question.ts';
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
  return /^y(es)?$/i.test((await askQuestion('Do you accept the licence? [y/N] ', signal)).trim());
}
