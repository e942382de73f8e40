import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface RankingServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts `ranking-server.ts` in a process of its own, with this process's export conditions and loader. */
export async function startRankingServer({ latencyMs }: { readonly latencyMs: number }): Promise<RankingServer> {
  const script = fileURLToPath(new URL('ranking-server.ts', import.meta.url));
  const child = fork(script, [String(latencyMs)], { execArgv: process.execArgv });
  const exited = once(child, 'exit');
  const [url] = (await Promise.race([
    once(child, 'message'),
    exited.then(() => Promise.reject(new Error('Expected the server to report its address, but it ended.'))),
  ])) as [string];
  return {
    url,
    close: async () => {
      child.disconnect();
      await exited;
    },
  };
}
