import { createInterface } from 'node:readline/promises';

/**
 * The answer on the terminal, asked on standard error; empty where input ends without one. Rejects with the reason of
 * `signal`, which Ctrl-C aborts.
 */
export async function askQuestion(question: string, signal: AbortSignal): Promise<string> {
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
