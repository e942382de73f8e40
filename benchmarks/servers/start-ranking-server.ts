import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { computeMeanLatency, type Latency } from './latency.ts';

export interface RankingServer {
  /** Base URL for clients of OpenAI. */
  readonly url: string;
  readonly meanLatencyMs: number;
  close(): Promise<void>;
}

export interface RankingServerOptions {
  /** The median, where it is not constant. */
  readonly latencyMs: number;
  readonly latency?: Latency;
}

/** Starts `ranking-server.ts` in a process of its own, with this process's export conditions and loader. */
export async function startRankingServer({
  latencyMs,
  latency = 'constant',
}: RankingServerOptions): Promise<RankingServer> {
  const script = fileURLToPath(new URL('ranking-server.ts', import.meta.url));
  const child = fork(script, [String(latencyMs), latency], { execArgv: process.execArgv });
  const exited = once(child, 'exit');
  const [url] = (await Promise.race([
    once(child, 'message'),
    exited.then(() => Promise.reject(new Error('Expected the server to report its address, but it ended.'))),
  ])) as [string];
  return {
    url,
    meanLatencyMs: computeMeanLatency(latencyMs, latency),
    close: async () => {
      child.disconnect();
      await exited;
    },
  };
}
