import { askQuestion } from '../terminal/ask-question.ts';
import { InterruptedError, UsageError } from '../usage-error.ts';
import { listenForInterrupt } from './interrupt.ts';

/**
 * Asks on the terminal whether to go on; `yes` is the answer given by `--yes`. Throws `UsageError` where nobody can be asked,
 * `InterruptedError` at Ctrl-C.
 */
export async function confirm(question: string, yes: boolean): Promise<boolean> {
  if (yes) return true;
  if (!process.stdin.isTTY) {
    throw new UsageError('Expected a terminal to ask on, or --yes, received neither. Pass --yes to do it.');
  }
  const { signal, stop } = listenForInterrupt();
  try {
    return /^y(es)?$/i.test((await askQuestion(`${question} [y/N] `, signal)).trim());
  } catch (error) {
    if (signal.aborted) throw new InterruptedError('Nothing was changed.');
    throw error;
  } finally {
    stop();
  }
}
