import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FullProtocolBench, Json } from './bench.ts';
import { createExampleHost, createExampleOutcome } from './example-host.ts';
import { runCommand } from './run-command.ts';
import { computeSourceHash, createSeedJournal } from './seed-journal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Seed s measures 10 * s, and stops the run at seed `stop`. */
function createBench(measured: number[], stop?: number): FullProtocolBench {
  return {
    name: 'learning/a',
    purpose: 'Learns a.',
    protocol: 'full',
    seeds: [1, 2, 5],
    checkSeed: 2,
    inputs: async () => ({ calls: 3000 }),
    async measureSeed(seed): Promise<Json> {
      if (seed === stop) throw new Error('stopped');
      measured.push(seed);
      return { value: 10 * seed };
    },
    summarize: (records) => createExampleOutcome({ seeds: Object.keys(records).length }),
  };
}

describe('createSeedJournal', () => {
  it('lets a run that was stopped go on with the next seed, and ends with the same result', async () => {
    const journal = createSeedJournal(folder);
    const first: number[] = [];
    const run = (bench: FullProtocolBench) => {
      const host = createExampleHost({ benches: [bench], journal });
      return [host, runCommand(['learning/a', '--full'], host)] as const;
    };
    await expect(run(createBench(first, 5))[1]).rejects.toThrow('stopped');
    const second: number[] = [];
    const [host, done] = run(createBench(second));
    await done;
    expect([first, second]).toEqual([[1, 2], [5]]);
    const whole = createExampleHost({ benches: [createBench([])] });
    await runCommand(['learning/a', '--full'], whole);
    expect(host.results.get('learning/a')).toEqual(whole.results.get('learning/a'));
    // The run has ended: the next begins anew.
    await run(createBench(second))[1];
    expect(second).toEqual([5, 1, 2, 5]);
  });

  it('keeps what another program measured out, and what was cut off', () => {
    const journal = createSeedJournal(folder);
    const line = { seed: 1, record: { value: 10 }, seconds: 2 };
    journal.append('learning/a', 'key', line);
    journal.append('learning/a', 'other', { ...line, seed: 2 });
    appendFileSync(join(folder, 'learning/a.jsonl'), '{"key":"key","seed":3,"rec');
    expect(journal.read('learning/a', 'key')).toEqual([line]);
    journal.append('learning/a', 'key', { ...line, seed: 4 });
    journal.append('learning/a', 'key', { ...line, seed: 5 });
    expect(journal.read('learning/a', 'key')).toEqual([line, { ...line, seed: 4 }, { ...line, seed: 5 }]);
    expect(journal.read('learning/b', 'key')).toEqual([]);
  });
});

it('refuses to go on where the program changes while it is measured', async () => {
  let sources = 'before';
  const bench = createBench([]);
  const host = createExampleHost({ benches: [bench], sourceHash: () => sources });
  bench.measureSeed = async () => {
    sources = 'after';
    return {};
  };
  await expect(runCommand(['learning/a', '--full'], host)).rejects.toThrow('sources that stay as they are');
  expect(host.results.size).toBe(0);
});

describe('computeSourceHash', () => {
  it('changes with a source file, and with nothing else', () => {
    writeFileSync(join(folder, 'a.ts'), 'export {};');
    const before = computeSourceHash(folder);
    writeFileSync(join(folder, 'a.log'), 'noise');
    writeFileSync(join(folder, '.results.json'), '{}');
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'dist/a.ts'), 'export const made = 1;');
    expect(computeSourceHash(folder)).toBe(before);
    writeFileSync(join(folder, 'a.ts'), 'export const a = 1;');
    expect(computeSourceHash(folder)).not.toBe(before);
  });
});
