import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TextRequest } from '@rppkit/spec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createScriptedModel } from '../testing/scripted-model.ts';
import { computeStoreKey, withResponseStore } from '../text-models/with-response-store.ts';
import { openResponseStore } from './open-response-store.ts';

interface Report {
  readonly prompt: number;
  readonly text: string;
  readonly cached: boolean;
}

interface Writer {
  readonly process: ChildProcess;
  /** What it had answered, in order. */
  readonly reports: readonly Report[];
  readonly ended: Promise<unknown>;
}

const script = fileURLToPath(new URL('answer-writer.fixture.ts', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rppkit-store-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** A process that asks for prompts `from` … `to`-1, and calls `onReport` after each answer. */
function startWriter(name: string, from: number, to: number, onReport: (count: number) => void = () => {}): Writer {
  const child = fork(script, [folder, String(from), String(to), name], {
    execArgv: ['--conditions=rppkit-source', '--import', import.meta.resolve('tsx')],
  });
  const reports: Report[] = [];
  child.on('message', (report: Report) => onReport(reports.push(report)));
  return { process: child, reports, ended: once(child, 'exit') };
}

const createRequest = (prompt: number): TextRequest => ({
  messages: [{ role: 'user', text: String(prompt) }],
  sampleIndex: 0,
  purpose: 'rank',
});

async function readStored(prompts: readonly number[]): Promise<(string | undefined)[]> {
  const store = openResponseStore(folder);
  const stored = await Promise.all(prompts.map((prompt) => store.get(computeStoreKey('m', createRequest(prompt)))));
  await store.close();
  return stored.map((response) => response?.text);
}

describe('openResponseStore with several processes', () => {
  it('takes the answers of two processes at once, and gives each those of the other', async () => {
    // The ranges overlap in 100 … 199.
    const writers = [startWriter('left', 0, 200), startWriter('right', 100, 300)];
    await Promise.all(writers.map(({ ended }) => ended));
    expect(writers.map(({ reports }) => reports.length)).toEqual([200, 200]);
    const prompts = Array.from({ length: 300 }, (_, prompt) => prompt);
    const stored = await readStored(prompts);
    for (const prompt of prompts) {
      expect(stored[prompt]).toMatch(new RegExp(`^(?:left|right) answers ${prompt}$`));
    }
    // What only one of them asked is its own answer; a hit came from the other.
    expect(stored.slice(0, 100)).toEqual(prompts.slice(0, 100).map((prompt) => `left answers ${prompt}`));
    expect(stored.slice(200)).toEqual(prompts.slice(200).map((prompt) => `right answers ${prompt}`));
    for (const [index, name] of ['left', 'right'].entries()) {
      for (const { text, cached } of writers[index]!.reports) expect(text.startsWith(name)).toBe(!cached);
    }
  });

  it('asks nothing again that another process has stored', async () => {
    await startWriter('first', 0, 50).ended;
    const second = startWriter('second', 0, 60);
    await second.ended;
    const asked = second.reports.filter(({ cached }) => !cached).map(({ prompt }) => prompt);
    expect(asked.sort((left, right) => left - right)).toEqual([50, 51, 52, 53, 54, 55, 56, 57, 58, 59]);
  });

  it('holds every answer that was returned before the process was killed, and goes on', async () => {
    const bystander = startWriter('bystander', 1_000_000, 1_000_400);
    const killed = startWriter('killed', 0, 1_000_000, (count) => {
      if (count === 150) killed.process.kill('SIGKILL');
    });
    expect(await killed.ended).toEqual([null, 'SIGKILL']);
    await bystander.ended;
    expect(killed.reports.length).toBeGreaterThanOrEqual(150);
    expect(await readStored(killed.reports.map(({ prompt }) => prompt))).toEqual(
      killed.reports.map(({ prompt }) => `killed answers ${prompt}`),
    );
    // Neither a lock nor a half-written page holds up whoever shared the folder, or comes after.
    expect(bystander.reports).toHaveLength(400);
    const resumed = startWriter('resumed', 0, 400);
    await resumed.ended;
    expect(resumed.reports).toHaveLength(400);
    const known = new Set(killed.reports.map(({ prompt }) => prompt));
    for (const { prompt, cached } of resumed.reports) if (known.has(prompt)) expect(cached).toBe(true);
    const store = openResponseStore(folder);
    const model = withResponseStore({ ...createScriptedModel([]), id: 'm' }, store);
    expect(await model.generate(createRequest(0))).toMatchObject({ text: 'killed answers 0', cached: true });
    await store.close();
  });
});
