import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type ChatServer, startChatServer } from '@rppkit/env/testing';
import type { TextModel } from '@rppkit/spec';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseExperimentConfig } from './experiment/experiment-config.ts';
import { prepareExperiment } from './experiment/prepare-experiment.ts';
import type { ExperimentResults } from './experiment/results.ts';
import { type CapturedRun, captureCli } from './run-cli.fixture.ts';

const cli = fileURLToPath(new URL('cli.ts', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

const concurrency = 4;
const sizes = { trainUsers: 100, reportUsers: 30, episodes: 320, batchSize: 32, bestFixedCalls: 128 } as const;
const data = { kind: 'synthetic', preset: 'weak-wording', users: 400 } as const;
const trainFlags = [
  ...['train', '--data', 'synthetic:weak-wording', '--users', '400', '--train-users', '100', '--report-users', '30'],
  ...['--episodes', '320', '--batch-size', '32', '--best-fixed-calls', '128', '--model', 'openai:local', '--yes'],
  ...['--concurrency', String(concurrency), '--plus', '--refine-every', '2', '--refine-share', '0.4'],
];

/** Files that hold only what seed, data and answers determine. */
const determined = [
  'trajectories.jsonl',
  'metrics.csv',
  'policy.rpp',
  'lineage.json',
  'evaluation.csv',
  'examples.jsonl',
];

let folder: string;
let server: ChatServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'resume-'));
  const { ranker } = await prepareExperiment(parseExperimentConfig({ data, ...sizes }), { log: () => {} });
  server = await startChatServer({ answer: (request) => answer(ranker.model, request) });
  vi.stubEnv('OPENAI_API_KEY', 'none');
  vi.stubEnv('OPENAI_BASE_URL', server.urls.openai);
  await inProcess(...trainFlags, '--name', 'whole');
}, 120_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  await server.close();
  rmSync(folder, { recursive: true });
});

/** The simulated model behind the server: what it answers follows from prompt and seed. */
async function answer(model: TextModel, { messages, seed, body }: ChatServer['requests'][number]): Promise<string> {
  const format = body['response_format'] as { readonly json_schema: { readonly schema: object } } | undefined;
  const schema = format && { responseSchema: format.json_schema.schema as Readonly<Record<string, unknown>> };
  const purpose = format === undefined ? 'rank' : 'refine';
  return (await model.generate({ messages, sampleIndex: seed!, purpose, ...schema })).text;
}

/** Runs the command line as a process of its own; kills it as soon as the server was asked `calls` times in all. */
async function killAt(calls: number, ...flags: readonly string[]): Promise<number | null> {
  const child = spawn(
    process.execPath,
    ['--conditions=rppkit-source', '--import', tsx, cli, ...flags, '--runs', join(folder, 'runs')],
    { stdio: 'ignore' },
  );
  const timer = setInterval(() => {
    if (server.requests.length >= calls) child.kill('SIGKILL');
  }, 1);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(timer);
  return code;
}

const inProcess = (...args: readonly string[]): Promise<CapturedRun> =>
  captureCli(...args, '--runs', join(folder, 'runs'));

const read = (name: string, file: string): Buffer => readFileSync(join(folder, 'runs', name, file));
const keyOf = ({ messages, seed }: ChatServer['requests'][number]): string => JSON.stringify([messages, seed]);

function readResults(name: string): object {
  const { timing: _timing, run: _run, command: _command, ...rest } = JSON.parse(read(name, 'results.json').toString());
  return rest;
}

describe('rppkit train --resume', () => {
  it('goes on after kills to the same bytes, and asks for no answer again that had arrived', async () => {
    const start = server.requests.length;
    // In the middle of the growing training, and of the evaluation.
    const kills = [330, 500].map((calls) => start + calls);
    const prices = ['--input-price', '1', '--output-price', '2'];
    expect(await killAt(kills[0]!, ...trainFlags, ...prices, '--name', 'killed')).toBeNull();
    expect(await killAt(kills[1]!, 'train', '--resume', 'killed')).toBeNull();
    expect(await inProcess('train', '--resume', 'killed')).toMatchObject({ code: 0 });
    for (const file of determined) expect(read('killed', file).equals(read('whole', file)), file).toBe(true);
    expect(readResults('killed')).toEqual(readResults('whole'));
    const { cost } = (JSON.parse(read('killed', 'results.json').toString()) as ExperimentResults).timing;
    // Of three processes; what each of them read from the store cost nothing.
    expect(cost!.phases.map(({ phase }) => phase)).toEqual(['best fixed prompt', 'train', 'refine', 'evaluate']);
    expect(cost!.phases.reduce((sum, { answers }) => sum + answers, 0)).toBeLessThanOrEqual(
      server.requests.length - start,
    );
    expect(cost!.phases.every(({ inputTokens, latencyMs }) => inputTokens > 0 && latencyMs !== null)).toBe(true);
    expect(cost!.phases[1]!.fromStore).toBeGreaterThan(0);
    expect(cost!.prices).toEqual({ inputPerMillion: 1, outputPerMillion: 2 });

    const asked = server.requests.slice(start).map(keyOf);
    const again = asked.flatMap((key, index) => (asked.indexOf(key) < index ? [asked.indexOf(key)] : []));
    // Only what was under way at a kill, on the server or between its answer and the disk.
    const underWay = (index: number): boolean =>
      kills.some((kill) => Math.abs(index + start - kill) <= 2 * concurrency);
    expect(again.filter((index) => !underWay(index))).toEqual([]);
    expect(asked.length - again.length).toBe(start);
    const { resumptions, status } = JSON.parse(read('killed', 'manifest.json').toString());
    expect(status).toBe('done');
    expect(resumptions.map(({ status }: { status: string }) => status)).toEqual(['running', 'done']);
  }, 120_000);

  /** A copy of the finished run that looks as if it had been interrupted. */
  function interrupt(name: string, change: Readonly<Record<string, unknown>> = {}): void {
    cpSync(join(folder, 'runs', 'whole'), join(folder, 'runs', name), { recursive: true });
    const manifest = JSON.parse(read(name, 'manifest.json').toString());
    writeFileSync(
      join(folder, 'runs', name, 'manifest.json'),
      JSON.stringify({ ...manifest, status: 'interrupted', ...change }),
    );
  }

  /** Oldest first. */
  const listCheckpoints = (name: string): readonly string[] =>
    readdirSync(join(folder, 'runs', name, 'checkpoints'))
      .filter((file) => file.endsWith('.ckpt'))
      .toSorted()
      .map((file) => join('checkpoints', file));

  it('refuses what it cannot go on with, and says why', async () => {
    expect(await inProcess('train', '--resume', 'whole')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/Expected --resume to name a run that has not ended, received whole, which is done/),
    });
    expect((await inProcess('train', '--resume', 'none')).err).toContain('Expected --resume to name a run in');
    expect((await inProcess('train', '--resume', 'whole', '--seed', '2')).err).toContain('received --seed');

    interrupt('edited');
    writeFileSync(
      join(folder, 'runs', 'edited', 'config.json'),
      read('edited', 'config.json').toString().replace('320', '640'),
    );
    expect((await inProcess('train', '--resume', 'edited')).err).toMatch(/config\.json as it was when the run began/);

    interrupt('later', { schemaVersion: 2, versions: { rppkit: '9.9.9' } });
    expect((await inProcess('train', '--resume', 'later')).err).toContain('npx rppkit@9.9.9');

    interrupt('damaged');
    writeFileSync(join(folder, 'runs', 'damaged', 'manifest.json'), '{"schemaVer');
    expect((await inProcess('train', '--resume', 'damaged')).err).toMatch(
      /whose manifest can be read.*manifest\.json is damaged/,
    );
    expect(await inProcess('evaluate', '--run', 'damaged')).toMatchObject({ code: 2 });
  });

  it.skipIf(!existsSync('/dev/full'))(
    'keeps what it has on a full disk, and goes on when there is room',
    async () => {
      interrupt('full');
      const timing = join(folder, 'runs', 'full', 'timing.csv');
      for (const file of ['training.json', 'timing.csv', ...listCheckpoints('full')])
        rmSync(join(folder, 'runs', 'full', file));
      symlinkSync('/dev/full', timing);
      const { code, err } = await inProcess('train', '--resume', 'full');
      expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/timing\.csv, received ENOSPC.*Make room/) });
      expect(err).toContain('To go on with it: rppkit train --resume full');
      expect(JSON.parse(read('full', 'manifest.json').toString())).toMatchObject({ status: 'failed' });
      rmSync(timing);
      expect(await inProcess('train', '--resume', 'full')).toMatchObject({ code: 0 });
      for (const file of determined) expect(read('full', file).equals(read('whole', file)), file).toBe(true);
    },
    60_000,
  );

  it('says that a folder cannot be written before anything is asked', async () => {
    writeFileSync(join(folder, 'file'), '');
    const before = server.requests.length;
    const { code, err } = await captureCli(...trainFlags, '--runs', join(folder, 'file'));
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(/Expected to write .*ENOTDIR/) });
    expect(server.requests).toHaveLength(before);
  });

  it('stops at a limit, says so, and goes on with a higher one', async () => {
    const before = server.requests.length;
    const { code, err } = await inProcess(...trainFlags, '--name', 'limited', '--max-calls', '200');
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringMatching(
        /Estimate: [\s\S]*The limit is reached\. .*maxCalls 200.*rppkit train --resume limited/,
      ),
    });
    expect(server.requests.length - before).toBe(200);
    expect(JSON.parse(read('limited', 'manifest.json').toString())).toMatchObject({ status: 'interrupted' });
    expect(await inProcess('train', '--resume', 'limited', '--max-calls', '1000')).toMatchObject({ code: 0 });
    for (const file of determined) expect(read('limited', file).equals(read('whole', file)), file).toBe(true);
  }, 60_000);

  it('refuses limits that say nothing', async () => {
    const cost = await inProcess(...trainFlags, '--max-cost', '1');
    expect(cost).toMatchObject({ code: 2, err: expect.stringContaining('Expected --input-price and --output-price') });
    const price = await inProcess(...trainFlags, '--input-price', '1');
    expect(price.err).toContain('received --input-price without --output-price');
  });

  it('asks before a model that costs something, and asks nothing of it where nobody can answer', async () => {
    const before = server.requests.length;
    const flags = trainFlags.filter((flag) => flag !== '--yes');
    expect(await inProcess(...flags, '--name', 'unasked')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/Estimate: [\s\S]*Expected a terminal to ask on, or --yes/),
    });
    expect(existsSync(join(folder, 'runs', 'unasked'))).toBe(false);
    expect(server.requests).toHaveLength(before);
  });

  it('leaves out a checkpoint that was cut off, cuts off a torn line, trains to the same bytes and asks for nothing that is stored', async () => {
    interrupt('torn');
    rmSync(join(folder, 'runs', 'torn', 'training.json'));
    // The training ended with the newest one.
    truncateSync(join(folder, 'runs', 'torn', listCheckpoints('torn').at(-1)!), 1000);
    appendFileSync(join(folder, 'runs', 'torn', 'trajectories.jsonl'), '{"update":99,"ta');
    const before = server.requests.length;
    const { code, err } = await inProcess('train', '--resume', 'torn');
    expect({ code, err }).toMatchObject({
      code: 0,
      err: expect.stringMatching(/damaged[\s\S]*Goes on after update \d/),
    });
    for (const file of determined) expect(read('torn', file).equals(read('whole', file)), file).toBe(true);
    expect(server.requests).toHaveLength(before);
  }, 60_000);
});
