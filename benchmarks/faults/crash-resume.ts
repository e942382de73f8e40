import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ChatServer, type ChatServerRequest, startChatServer } from '@rppkit/env/testing';
import { createKnowledge, createSimulatedTextModel, createWorld } from '@rppkit/simulator';
import { createRandomStream, type TextModel } from '@rppkit/spec';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';

const script = fileURLToPath(new URL('../processes/run-rppkit.ts', import.meta.url));
const users = 600;
/** Calls of a run that are under way at a time: as many may be lost by a kill. */
const concurrency = 8;
/** Hold only what seed, data and answers determine; so do `results.json` and the report but for `timing`. */
const determined = [
  'trajectories.jsonl',
  'metrics.csv',
  'policy.rpp',
  'lineage.json',
  'evaluation.csv',
  'examples.jsonl',
];

interface Size {
  readonly kills: number;
  readonly episodes: number;
  readonly reportUsers: number;
  /** A process is killed after so many requests at most, or after so many milliseconds. */
  readonly longest: { readonly requests: number; readonly milliseconds: number };
}

const sizes: Readonly<Record<BenchContext['mode'], Size>> = {
  quick: { kills: 2, episodes: 128, reportUsers: 20, longest: { requests: 100, milliseconds: 4000 } },
  check: { kills: 25, episodes: 1280, reportUsers: 200, longest: { requests: 120, milliseconds: 6000 } },
  full: { kills: 25, episodes: 1280, reportUsers: 200, longest: { requests: 120, milliseconds: 6000 } },
};

const crashResume: DirectBench = defineBench({
  name: 'faults/crash-resume',
  purpose:
    'Whether a run of RPP+ with ChatOpenAI that is killed again and again comes to the bytes of one that is not.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const size = sizes[mode];
    const folder = mkdtempSync(join(tmpdir(), 'crash-resume-'));
    const model = createModel();
    const server = await startChatServer({ answer: (request) => answer(model, request) });
    try {
      const [whole, killed] = ['whole', 'killed'].map((name) => join(folder, name)) as [string, string];
      log('without a kill');
      await once(startRun(server, whole, listTrainFlags(size)), 'close');
      const calls = server.requests.length;
      const { kills, lost, askedAgain } = await killAndResume(server, killed, size, log);
      const differing = determined.filter((file) => !readRunFile(whole, file).equals(readRunFile(killed, file)));
      if (readResults(whole) !== readResults(killed)) differing.push('results.json');
      return {
        figures: { kills, calls, differingFiles: differing.length, storedAskedAgain: askedAgain - lost },
        table: {
          columns: ['figure', 'value'],
          rows: [
            ['calls of the run', calls],
            ['kills', kills],
            ['files that differ', differing.length === 0 ? 'none' : differing.join(', ')],
            ['asked again', askedAgain],
            ['of them under way at a kill', lost],
          ],
        },
        note: `Of a killed process at most ${concurrency} calls can be under way; what its successors ask again beyond that had been stored.`,
      };
    } finally {
      await server.close();
      rmSync(folder, { recursive: true });
    }
  },
});

export default crashResume;

/** Starts a run and kills it, at moments drawn at random, until it was killed often enough; then lets it end. */
async function killAndResume(
  server: ChatServer,
  folder: string,
  { kills: wanted, longest, ...size }: Size,
  log: (line: string) => void,
): Promise<{ readonly kills: number; readonly lost: number; readonly askedAgain: number }> {
  const random = createRandomStream('crash-resume');
  /** The process that asked for an answer last, by request. */
  const askers = new Map<string, number>();
  const again = new Map<number, number>();
  let kills = 0;
  for (let process = 0; ; process++) {
    const from = server.requests.length;
    // A process that is killed before its first call leaves no run to go on with.
    const begun = existsSync(join(folder, 'run', 'manifest.json'));
    const flags = begun ? ['train', '--resume', 'run'] : listTrainFlags(size);
    const child = startRun(server, folder, flags);
    const moment = random.split(process);
    if (kills < wanted) {
      const byRequests = moment.uniform() < 0.5;
      const share = moment.uniform();
      const isTime = (): boolean => server.requests.length - from >= 1 + share * longest.requests;
      if (byRequests) killWhen(child, isTime);
      else setTimeout(() => child.kill('SIGKILL'), share * longest.milliseconds).unref();
    }
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    for (const request of server.requests.slice(from)) {
      const key = JSON.stringify([request.messages, request.seed]);
      const before = askers.get(key);
      if (before !== undefined) again.set(before, (again.get(before) ?? 0) + 1);
      askers.set(key, process);
    }
    if (signal === 'SIGKILL') {
      kills++;
      log(`kill ${kills} after ${server.requests.length - from} requests`);
    } else if (code === 0) {
      const counts = [...again.values()];
      const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
      return { kills, lost: sum(counts.map((count) => Math.min(count, concurrency))), askedAgain: sum(counts) };
    } else if (process > 3 * wanted) throw new Error(`The run failed ${process} times, the last time with ${code}.`);
  }
}

function killWhen(child: ChildProcess, isTime: () => boolean): void {
  const timer = setInterval(() => {
    if (isTime()) child.kill('SIGKILL');
  }, 1);
  child.once('close', () => clearInterval(timer));
}

function startRun(server: ChatServer, folder: string, flags: readonly string[]): ChildProcess {
  return spawn(process.execPath, [...process.execArgv, script, ...flags, '--runs', folder], {
    stdio: 'ignore',
    env: { ...process.env, OPENAI_API_KEY: 'none', OPENAI_BASE_URL: server.urls.openai },
  });
}

function listTrainFlags({ episodes, reportUsers }: Omit<Size, 'kills' | 'longest'>): readonly string[] {
  return [
    ...['train', '--name', 'run', '--data', 'synthetic:weak-wording', '--users', String(users)],
    ...['--train-users', '200', '--report-users', String(reportUsers), '--model', 'openai:local', '--yes'],
    ...['--episodes', String(episodes), '--batch-size', '32', '--best-fixed-calls', '256'],
    ...['--concurrency', String(concurrency), '--plus', '--refine-every', '2', '--refine-share', '0.4'],
  ];
}

/** A model of the world that `rppkit train` makes with its default seed. */
function createModel(): TextModel {
  const random = createRandomStream(1).split('world');
  const { dataset } = createWorld({ preset: 'weak-wording', users, random });
  return createSimulatedTextModel({
    knowledge: createKnowledge(dataset, { users: Int32Array.from({ length: users }, (_, user) => user) }),
  });
}

/** What is answered follows from prompt and seed. */
async function answer(model: TextModel, { messages, seed, body }: ChatServerRequest): Promise<string> {
  const format = body['response_format'] as { readonly json_schema: { readonly schema: object } } | undefined;
  const schema = format && { responseSchema: format.json_schema.schema as Readonly<Record<string, unknown>> };
  const purpose = format === undefined ? 'rank' : 'refine';
  return (await model.generate({ messages, sampleIndex: seed!, purpose, ...schema })).text;
}

const readRunFile = (folder: string, file: string): Buffer => readFileSync(join(folder, 'run', file));

/** What the report shows, but for `timing` and the command, which names the folder. */
function readResults(folder: string): string {
  const { timing: _timing, command: _command, ...results } = JSON.parse(readRunFile(folder, 'results.json').toString());
  return JSON.stringify(results);
}
