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
