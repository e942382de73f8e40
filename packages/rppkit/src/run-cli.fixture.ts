import { EventEmitter } from 'node:events';
import { runCli } from './run-cli.ts';

/** What a command wrote, and its exit code. */
export interface CapturedRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process, as into logs. */
export async function captureCli(...args: readonly string[]): Promise<CapturedRun> {
  const written = { out: '', err: '' };
  const code = await runCli(args, {
    stdout: { write: (text: string) => (written.out += text) },
    stderr: { write: (text: string) => (written.err += text) },
  });
  return { code, ...written };
}

/** Runs the command line in this process, as in a terminal; `views`: of live views that are still repainted when it has ended. */
export async function captureTerminal(
  ...args: readonly string[]
): Promise<Pick<CapturedRun, 'code' | 'err'> & { readonly views: number }> {
  let err = '';
  const stream = Object.assign(new EventEmitter(), {
    ...{ isTTY: true, columns: 80, rows: 24, hasColors: () => false },
    write(text: string) {
      err += text;
      return true;
    },
  });
  const code = await runCli(args, { stdout: { write: () => {} }, stderr: stream });
  return { code, err, views: stream.listenerCount('resize') };
}
